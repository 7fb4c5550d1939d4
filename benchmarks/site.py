"""A throw-away site with the starter content, and a stopwatch."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable

RUNS = 15


def prepare() -> None:
    """Sets Django up on a database of its own below a temporary folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.local"
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="imprint-bench-")
    os.environ["DEBUG"] = "0"
    os.environ["SECURE_SSL_REDIRECT"] = "0"
    os.environ["LOG_LEVEL"] = "ERROR"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_starter", stdout=open(os.devnull, "w"))  # noqa: SIM115


def measure(act: Callable[[], object], runs: int = RUNS) -> float:
    """The median of ``runs`` runs in milliseconds, after one that is not counted."""
    act()
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def table(title: str, rows: list[tuple[str, float]], limit: float, runs: int = RUNS) -> None:
    """Prints each row's median and how many times the limit it takes."""
    print(f"\n{title} (median of {runs} runs)")
    for name, milliseconds in rows:
        print(f"  {name:<58}{milliseconds:9.1f} ms {milliseconds / limit:7.1f} ×")
