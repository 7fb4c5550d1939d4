"""100,000 rows: preview, apply and undo beside django-import-export in bulk mode and the bare limits, in one run."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import psycopg

from benchmarks.records.__main__ import migrate
from benchmarks.records.server import ROOT, environment
from benchmarks.roster.people import UNITS, as_csv, as_xlsx, people
from tests.services.__main__ import postgresql


def measure(env: Mapping[str, str], what: str, file: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.roster.measure", what, str(file)]
    found = subprocess.run(command, cwd=ROOT, env=dict(env), check=True, capture_output=True, text=True)
    seconds, memory = found.stdout.split()[-2:]
    return float(seconds), float(memory)


def line(name: str, rows: int, found: tuple[float, float], base: float = 0) -> float:
    rate = rows / found[0]
    ratio = f"{rate / base:7.1f} ×" if base else " " * 9
    print(f"  {name:<58}{rate:9,.0f} rows/s {ratio}{found[1]:7.0f} MB", flush=True)
    return rate


def compare(name: str, envs: tuple[Mapping[str, str], Mapping[str, str]], files: tuple[Path, Path], rows: int) -> None:
    """Theirs in one database, ours in another: each finds nobody there."""
    theirs, ours = envs
    text, workbook = files
    for env in envs:
        migrate(env)
    print(f"\n{name}")
    line("limit of reading: python-calamine alone", rows, measure(ours, "read", workbook))
    line("limit of writing: bulk_create of accounts alone", 100_000, measure(theirs, "bare", text))
    preview = line("django-import-export, bulk, preview", rows, measure(theirs, "peer:preview", text))
    apply = line("django-import-export, bulk, apply", rows, measure(theirs, "peer:apply", text))
    line("Imprint, preview (XLSX, everybody new)", rows, measure(ours, "ours:preview", workbook), preview)
    line("Imprint, apply", rows, measure(ours, "ours:apply", workbook), apply)
    line("Imprint, preview (CSV, everybody known)", rows, measure(ours, "ours:preview", text), preview)
    line("Imprint, apply (nothing changes)", rows, measure(ours, "ours:apply", text), apply)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    rows = people(options.rows, UNITS)
    with tempfile.TemporaryDirectory(prefix="imprint-roster-") as name:
        folder = Path(name)
        files = folder / "roster.csv", folder / "roster.xlsx"
        files[0].write_bytes(as_csv(rows))
        files[1].write_bytes(as_xlsx(rows))
        homes = folder / "theirs", folder / "ours"
        for home in homes:
            home.mkdir()
        compare("SQLite", (environment(homes[0]), environment(homes[1])), files, options.rows)
        with postgresql(folder, durable=True) as address:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE ours")
            theirs, ours = address, address.removesuffix("/postgres") + "/ours"
            compare("PostgreSQL", (environment(homes[0], theirs), environment(homes[1], ours)), files, options.rows)


if __name__ == "__main__":
    main()
