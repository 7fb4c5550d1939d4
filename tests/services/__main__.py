"""Starts PostgreSQL and Redis on loopback, runs what depends on them, and stops what it started.

Both are Debian's packages. The servers live in a temporary folder and on free ports.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TESTS = [
    "tests/services",
    "tests/courses",
    "tests/campaigns/test_events.py",
    "tests/campaigns/test_newsroom.py",
    "tests/campaigns/test_participation.py",
    "tests/campaigns/test_subscriptions.py",
    "tests/campaigns/test_desk.py",
    "tests/coordination",
    "tests/cms/test_statistics.py",
    "tests/cms/test_ground.py",
    "tests/cms/test_languages.py",
    "tests/cms/test_documents.py",
    "tests/cms/test_statutes.py",
    "tests/search/test_search_page.py",
    "tests/search/test_wagtail.py",
    "tests/search/test_durability.py",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"The server on port {port} did not start.")


def as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def postgresql(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """The address of a database; what it commits is on the disk only where ``durable``."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise SystemExit("PostgreSQL is missing. On Debian: apt-get install postgresql")
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
        folder.chmod(0o755)
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={data}"
    options += "" if durable else " -c fsync=off"
    server = str(programs[-1] / "pg_ctl")
    subprocess.run(
        as_postgres([str(programs[-1] / "initdb"), "-D", str(data), "-A", "trust", "-U", "imprint", "-E", "UTF8"]),
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    start = [server, "-D", str(data), "-l", str(data / "log"), "-w", "-o", options, "start"]
    subprocess.run(as_postgres(start), check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgres://imprint@127.0.0.1:{port}/postgres"
    finally:
        stop = [server, "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run(as_postgres(stop), check=False, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("Redis is missing. On Debian: apt-get install redis-server")
    port = free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield f"rediscache://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="imprint-services-") as name:
        folder = Path(name)
        with postgresql(folder) as database, redis(folder) as cache:
            environment = os.environ | {"DATABASE_URL": database, "CACHE_URL": cache, "IMPRINT_SERVICES": "1"}
            command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *TESTS]
            return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
