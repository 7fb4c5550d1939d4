"""A production server on a database of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.services.__main__ import free_port

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """The settings of a site below ``folder``: SQLite there, or the database of an address."""
    values = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.local",
        "VAR_DIR": str(folder),
        "DEBUG": "0",
        "SECURE_SSL_REDIRECT": "0",
        "LOG_LEVEL": "ERROR",
    }
    return os.environ | values | ({"DATABASE_URL": database} if database else {})


@contextmanager
def serving(env: Mapping[str, str], workers: int) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The port of a server with so many workers, and its process; stopped afterwards with all it started."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    # One thread a worker, as docs/operations.md says: each thread has a connection of its own, and threads that
    # wait for SQLite's one writer wait longer than those that wait for their turn.
    command += [
        "--workers",
        str(workers),
        "--blocking-threads",
        "1",
        "--no-ws",
        "--log-level",
        "error",
        "cms.wsgi:application",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(env), start_new_session=True)
    try:
        _wait(port)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server did not start.")
