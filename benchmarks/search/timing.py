"""A stopwatch for many short acts."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

REPEATS = 5
SLOW = 0.5  # seconds; what takes longer is not repeated
LONGEST = 3.0  # seconds; what takes longer is stopped, and counts as having taken so long


@dataclass
class Times:
    """Milliseconds. ``cold`` is the slowest first run, before anything was kept; ``stopped`` queries took too long."""

    p50: float
    p95: float
    cold: float
    stopped: int

    as_dict = asdict


def times(act: Callable[[str], object], queries: Sequence[str]) -> Times:
    """Each query once cold, then several times warm."""
    cold = [_once(act, query) for query in queries]
    warm = list(cold)  # only where even that is too slow to repeat
    for place, query in enumerate(queries):
        if cold[place] < SLOW:
            warm[place] = statistics.median(_once(act, query) for _repeat in range(REPEATS))
    stopped = sum(seconds >= LONGEST for seconds in cold)
    in_order = sorted(1000 * seconds for seconds in warm)
    last = in_order[min(int(len(in_order) * 0.95), len(in_order) - 1)]
    return Times(statistics.median(in_order), last, 1000 * max(cold), stopped)


def _once(act: Callable[[str], object], query: str) -> float:
    """Seconds. An act that is stopped raises ``TimeoutError``."""
    start = time.perf_counter()
    try:
        act(query)
    except TimeoutError:
        return LONGEST
    return time.perf_counter() - start
