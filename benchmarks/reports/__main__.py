"""Reports over many learners beside the SQL that they need; exports beside what only writes."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.records.__main__ import migrate, output
from benchmarks.records.server import ROOT, environment
from tests.services.__main__ import postgresql


def measure(env: Mapping[str, str], *what: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.reports.measure", *what]
    found = subprocess.run(command, cwd=ROOT, env=dict(env), check=True, capture_output=True, text=True).stdout.split()
    return float(found[-2]), float(found[-1])


PAGES = ["overview", *(f"plan by {group}" for group in ("unit", "grade", "month", "course"))]
PAGES += ["people", "people, last page", "who needs a nudge", "course"]


def pages(env: Mapping[str, str], who: str) -> None:
    for name in PAGES:
        limit = measure(env, "bare", name, who)[0]
        seconds, memory = measure(env, "page", name, who)
        print(
            f"  {name:<20}{seconds:8.3f} s   bare SQL {limit:7.3f} s {seconds / limit:6.2f} ×{memory:6.0f} MB",
            flush=True,
        )


def exports(env: Mapping[str, str]) -> None:
    for form, name in (("csv", "csv.writer"), ("xlsx", "xlsxwriter")):
        limit = measure(env, f"bare-{form}")[0]
        for report in ("completions", "people"):
            rate, memory = measure(env, "file", report, form)
            print(f"  {form} of all {report:<12}{rate:11,.0f} rows/s {rate / limit:6.2f} ×{memory:6.0f} MB", end="")
            print(f"   {name} alone {limit:,.0f} rows/s", flush=True)


def look(name: str, env: Mapping[str, str], learners: int, courses: int) -> None:
    migrate(env)
    count = output(env, "benchmarks.reports.fill", learners, courses).strip()
    print(f"\n{name}: {learners:,} learners, {int(count):,} completions")
    for who, label in (("boss", "everybody"), ("below", "one subtree of twenty")):
        print(f" {label}")
        pages(env, who)
    exports(env)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=100_000)
    parser.add_argument("--courses", type=int, default=20)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="imprint-reports-") as name:
        folder = Path(name)
        if "sqlite" in options.databases:
            look("SQLite", environment(folder), options.learners, options.courses)
        if "postgresql" in options.databases:
            with postgresql(folder) as address:
                look("PostgreSQL", environment(folder, address), options.learners, options.courses)


if __name__ == "__main__":
    main()
