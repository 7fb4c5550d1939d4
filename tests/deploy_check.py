"""Django's deployment checks with production settings: no finding at all."""

import os
import secrets
import subprocess
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="imprint-deploy-") as folder:
        environment = {key: value for key, value in os.environ.items() if key not in {"DEBUG", "DATABASE_URL"}}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "imprint.example",
            "BASE_URL": "https://imprint.example",
            "VAR_DIR": folder,
        }
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
