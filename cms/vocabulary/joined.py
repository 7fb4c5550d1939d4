"""Several codes in one column: between bars, so that one is never taken for a part of another."""

from collections.abc import Iterable

BAR = "|"


def joined(codes: Iterable[str]) -> str:
    """|de|fr|, in order and each once; empty for none."""
    found = sorted(set(codes))
    return f"{BAR}{BAR.join(found)}{BAR}" if found else ""


def split(column: str) -> list[str]:
    return [code for code in column.split(BAR) if code]


def holding(code: str) -> str:
    """What a column that has the code contains."""
    return f"{BAR}{code}{BAR}"
