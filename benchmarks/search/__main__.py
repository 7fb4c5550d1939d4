"""Imprint's search beside Wagtail's on SQLite and PostgreSQL, and beside tantivy and bare FTS5, in one run."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.search.timing import LONGEST
from tests.services.__main__ import postgresql

KINDS = ["one term", "three terms", "phrase", "autocomplete", "facets"]
CORE_KINDS = ["one term", "three terms", "prefix", "facets"]
Results = dict[str, dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[2_000, 20_000, 100_000])
    for size in parser.parse_args().sizes:
        with tempfile.TemporaryDirectory(prefix="imprint-bench-") as folder:
            on_sqlite = child("through_wagtail", size, f"sqlite:///{folder}/bench.sqlite3")
            with postgresql(Path(folder)) as url:
                on_postgresql = child("through_wagtail", size, url)
            print_peers(size, on_sqlite, on_postgresql)
            print_cores(size, child("cores", size, f"sqlite:///{folder}/unused.sqlite3"))
    subprocess.run([sys.executable, "-m", "benchmarks.search.relevance"], check=True)


def child(module: str, size: int, database: str) -> Results:
    """Each database and the bare engines run in a process of their own."""
    output = subprocess.run(
        [sys.executable, "-m", f"benchmarks.search.{module}", str(size)],
        env=os.environ | {"DATABASE_URL": database},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    return dict(json.loads(output.splitlines()[-1]))


def print_peers(size: int, on_sqlite: Results, on_postgresql: Results) -> None:
    ours, same = on_sqlite["imprint"], on_postgresql["imprint"]
    peers = {"SQLite": (on_sqlite["wagtail"], ours), "PostgreSQL": (on_postgresql["wagtail"], same)}
    print(f"\n{size:,} pages through Page.objects.live().search(…)[:10], warm, milliseconds")
    print(f"  {'':<14}{'Imprint p50':>12}{'p95':>8}{'cold':>8}", end="")
    print("".join(f"{name + ' p50':>16}{'p95':>10}{'×':>8}" for name in peers))
    for kind in KINDS:
        print(f"  {kind:<14}{ours[kind]['p50']:12.2f}{ours[kind]['p95']:8.2f}{ours[kind]['cold']:8.1f}", end="")
        for peer, beside in peers.values():
            ratio = peer[kind]["p50"] / beside[kind]["p50"]
            print(f"{peer[kind]['p50']:16.2f}{peer[kind]['p95']:10.1f}{ratio:8.1f}", end="")
        print(
            "".join(
                f"  {name} gave up {peer[kind]['stopped']}"
                for name, (peer, _) in peers.items()
                if peer[kind]["stopped"]
            )
        )
    for name, found in (("Imprint", ours), ("SQLite", on_sqlite["wagtail"]), ("PostgreSQL", on_postgresql["wagtail"])):
        print(f"  {name:<14}indexes {found['rate']:7.0f} pages/s; {found['bytes'] / 1e6:7.1f} MB of index")
    engine, whole = ours["engine"]["p50"], ours["one term"]["p50"]
    print(f"  What dominates: of one term's {whole:.2f} ms the engine takes {engine:.2f}, Django's ten rows the rest;")
    print(f"  a query gives up after {LONGEST:.0f} s and then counts as having taken so long.")


def print_cores(size: int, cores: Results) -> None:
    ours, limit = cores["imprint's engine"], cores["tantivy"]
    print(f"\n{size:,} texts, the engines alone (ten best and the count), warm p50 in milliseconds")
    print(f"  {'':<14}{'engine':>10}{'tantivy':>10}{'×':>7}{'FTS5':>10}")
    for kind in CORE_KINDS:
        print(
            f"  {kind:<14}{ours[kind]['p50']:10.3f}{limit[kind]['p50']:10.3f}"
            f"{ours[kind]['p50'] / limit[kind]['p50']:7.1f}{cores['FTS5'][kind]['p50']:10.3f}"
        )
    rates = ", ".join(f"{name} {found['rate']:.0f}/s" for name, found in cores.items())
    print(f"  indexing: {rates}")


if __name__ == "__main__":
    main()
