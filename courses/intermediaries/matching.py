"""Numbers and names as people type them: width, case, accents, spaces, traditional characters, order of names."""

import re

from cms.search.analysis.folding import HAN, fold, normalise

LONGEST = 40  # as long as its column: some signs become several letters, such as ㍿
ALL_HAN = re.compile(f"[{HAN}]+")


def number_key(number: str) -> str:
    """Letters and digits alone: 44-021, 44021 and ４４０２１ are one number."""
    return "".join(letter for letter in fold(normalise(number)).upper() if letter.isalnum())[:LONGEST]


def name_key(name: str) -> str:
    """A name without what differs between forms of it; the family name may stand first or last.

    In Chinese the order of the characters tells, and spaces between them do not.
    """
    words = "".join(letter if letter.isalnum() else " " for letter in fold(normalise(name))).split()
    joined = "".join(words)
    return joined if ALL_HAN.fullmatch(joined) else " ".join(sorted(words))
