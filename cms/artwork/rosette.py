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
    seed = hashlib.sha256(name.encode()).digest()
    rings = 1 + seed[0] % detail
    paths = []
    for ring in range(rings):
        petals = 7 + seed[1 + ring] % 12
        depth = 0.16 + (seed[5 + ring] % 40) / 200
        outer = 92 * (1 - 0.27 * ring)
        turns = 2 + seed[9 + ring] % 2
        paths.append(_ring(outer, depth, petals, turns))
    return "".join(paths)


def _ring(outer: float, depth: float, petals: int, strands: int) -> str:
    """``strands`` interlaced closed curves between ``outer`` and ``outer × (1 − 2 depth)``."""
    middle, swing = outer * (1 - depth), outer * depth
    strokes = []
    for strand in range(strands):
        phase = 2 * pi * strand / strands
        points = []
        for step in range(STEPS):
            angle = 2 * pi * step / STEPS
            radius = middle + swing * sin(petals * angle + phase)
            points.append(f"{SIZE / 2 + radius * cos(angle):.0f} {SIZE / 2 + radius * sin(angle):.0f}")
        strokes.append("M" + "L".join(points) + "Z")
    return "".join(strokes)
