"""Acknowledged acts per second over HTTP beside the bare limit, the wait of 200 learners, and a rebuild."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.records.learners import Learner
from benchmarks.records.load import run
from benchmarks.records.server import ROOT, environment, serving
from tests.services.__main__ import postgresql

LEARNERS = 200
PACE = 5.0  # seconds between two reports of a learner; the player reports every 30 seconds, and when a page is left
BATCH = 20  # acts in the report of a phone that was without a net for some minutes


def output(env: Mapping[str, str], module: str, *arguments: object) -> str:
    """What a module prints with these settings."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=dict(env), check=True, capture_output=True, text=True).stdout


def migrate(env: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=dict(env), check=True)


def line(name: str, rate: float, limit: float, more: str = "") -> None:
    print(f"  {name:<52}{rate:9.0f} /s {rate / limit:6.2f} ×{more}", flush=True)


def compare(name: str, env: Mapping[str, str], clients: int, seconds: float) -> None:
    """One database: its limit, and what 1 and 4 workers acknowledge."""
    learners = [Learner(**one) for one in json.loads(output(env, "benchmarks.records.learners", LEARNERS))]
    one = float(output(env, "benchmarks.records.bare", 1, seconds))
    limit = one if clients == 1 else max(one, float(output(env, "benchmarks.records.bare", clients, seconds)))
    print(f"\n{name}: one INSERT in one transaction, full durability")
    line("bare limit, one client", one, one)
    if clients > 1:
        line(f"bare limit, {clients} clients", limit, one)
    first = 0
    for workers in (1, 4):
        with serving(env, workers) as (port, _process):
            base = one if workers == 1 else limit
            for acts in (1, BATCH):
                found = run(learners[:16], port, acts=acts, seconds=seconds, first=first + 1)
                # Reports are numbered by their size: the next size begins where no number was used.
                first += 20_000
                line(f"{workers} workers, {acts} acts a report, 16 learners", found.rate, base)
            paced = run(learners, port, acts=1, seconds=seconds, first=first + 1, pace=PACE)
            first += 1000
            waits = f"  p50 {paced.wait(50):.0f} ms, p95 {paced.wait(95):.0f} ms"
            line(f"{workers} workers, {LEARNERS} learners, each every {PACE:.0f} s", paced.rate, base, waits)


def rebuild(env: Mapping[str, str], number: int) -> None:
    output(env, "benchmarks.records.rebuild", "fill", number)
    count, seconds, memory = output(env, "benchmarks.records.rebuild", "measure").split()
    rate = int(count) / float(seconds)
    print(
        f"  {int(count):,} statements in {float(seconds):.1f} s: {rate:,.0f} /s, {float(memory):.0f} MB at most",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="of load for each line")
    parser.add_argument("--statements", type=int, default=1_000_000, help="to rebuild from")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="imprint-records-") as name:
        folder = Path(name)
        env = environment(folder)
        migrate(env)
        compare("SQLite", env, 1, options.seconds)
        with postgresql(folder, durable=True) as address:
            elsewhere = environment(folder, address)
            migrate(elsewhere)
            compare("PostgreSQL", elsewhere, 8, options.seconds)
            print("\nRebuilding progress on PostgreSQL")
            rebuild(elsewhere, options.statements)
        print("\nRebuilding progress on SQLite")
        rebuild(env, options.statements)


if __name__ == "__main__":
    main()
