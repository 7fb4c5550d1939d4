"""A real server with the starter content and demo accounts, and the system's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    assert chromium, "Install Debian's package chromium: make setup-dev does."
    return browser_type_launch_args | {"executable_path": chromium, "args": FLAGS}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_site(folder: Path) -> tuple[list[subprocess.Popen[bytes]], str]:
    """A demo site of its own below ``folder``; returns the processes of server and worker, and its address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.local",
        "DEBUG": "1",
        "VAR_DIR": str(folder),
        "BASE_URL": base,
        "SECURE_SSL_REDIRECT": "0",
    }

    def manage(*arguments: str) -> list[str]:
        return [sys.executable, "manage.py", *arguments]

    laws = ["import_laws", "tests/laws"]
    writing = ["write_search_changes"]
    for command in (["migrate", "-v0"], ["load_starter", "-v0"], ["create_demo_accounts"], laws, writing):
        subprocess.run(manage(*command), cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    everything = "from tests.browser import everything; everything.add()"
    subprocess.run(manage("shell", "-v0", "-c", everything), cwd=ROOT, env=environment, check=True)
    # The films of the starter are played for two seconds here, not for forty.
    short = "from courses.catalogue.models import Activity as A; A.objects.filter(kind='video').update(media_seconds=2)"
    subprocess.run(manage("shell", "-v0", "-c", short), cwd=ROOT, env=environment, check=True)
    log = (folder / "server.log").open("wb")
    worker = subprocess.Popen(manage("db_worker"), cwd=ROOT, env=environment, stdout=log, stderr=log)
    server = subprocess.Popen(
        manage("runserver", "--noreload", f"127.0.0.1:{port}"), cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    for _second in range(60):
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=2)
            break
        except OSError:
            time.sleep(0.5)
    return [server, worker], base


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its database and files."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    processes, base = start_site(site_folder)
    yield base
    for process in processes:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def base_url(site: str) -> str:
    return site


@pytest.fixture
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """Errors of the browser's console; each journey ends without any."""
    found: list[str] = []

    def note(message: Any) -> None:
        if message.type == "error":
            found.append(message.text)

    context.on("console", note)
    yield found
    assert found == []


@pytest.fixture
def sign_in(site: str) -> Callable[[Page, str], None]:
    def act(page: Page, account: str) -> None:
        page.goto("/en/accounts/login/")
        page.fill("[name=login]", f"{account}@example.org")
        page.fill("[name=password]", "imprint-demo")
        page.click("main button[type=submit]")
        page.wait_for_url("**/learn/")

    return act
