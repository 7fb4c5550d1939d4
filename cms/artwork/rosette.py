"""Guilloche rosettes, as on banknotes and certificates: one per name, drawn as SVG.

A rosette is a few rings of hypotrochoid curves. Number of rings, petals and depth come from a hash of
the name, so a page keeps its ornament for life and two pages rarely share one.
"""

import hashlib
from math import cos, pi, sin

SIZE = 200
STEPS = 220


def rosette(name: str, *, detail: int = 3) -> str:
    """An SVG path's ``d`` for ``name`` within a 200 × 200 box; ``detail`` is the largest number of rings."""
    return "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in strand) + "Z" for strand in strands(name, detail=detail)
    )


def strands(name: str, *, detail: int = 3) -> list[list[tuple[float, float]]]:
    """The closed curves of a name's rosette as points within a 200 × 200 box."""
    seed = hashlib.sha256(name.encode()).digest()
    found = []
    for ring in range(1 + seed[0] % detail):
        petals = 7 + seed[1 + ring] % 12
        depth = 0.16 + (seed[5 + ring] % 40) / 200
        outer = 92 * (1 - 0.27 * ring)
        found += _ring(outer, depth, petals, 2 + seed[9 + ring] % 2)
    return found


def _ring(outer: float, depth: float, petals: int, count: int) -> list[list[tuple[float, float]]]:
    """``count`` interlaced closed curves between ``outer`` and ``outer × (1 − 2 depth)``."""
    middle, swing = outer * (1 - depth), outer * depth
    curves = []
    for strand in range(count):
        phase = 2 * pi * strand / count
        points = []
        for step in range(STEPS):
            angle = 2 * pi * step / STEPS
            radius = middle + swing * sin(petals * angle + phase)
            points.append((SIZE / 2 + radius * cos(angle), SIZE / 2 + radius * sin(angle)))
        curves.append(points)
    return curves
