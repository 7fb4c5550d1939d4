"""Writing that differs and means the same: width, case, accents, Arabic letters, traditional Chinese."""

import unicodedata
from functools import cache

import opencc

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Arabic: vowel marks and tatweel are left out, the seats of hamza and the endings are one letter each
# (the light normalisation of Larkey, Ballesteros & Connell 2002).
_ARABIC = {
    **dict.fromkeys([*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE), 0x0640], ""),
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    ord("ى"): "ي",
    ord("ئ"): "ي",
    ord("ؤ"): "و",
    ord("ة"): "ه",
    **{0x0660 + digit: str(digit) for digit in range(10)},
    **{0x06F0 + digit: str(digit) for digit in range(10)},
}
_ARABIC_MARKS = {code: letter for code, letter in _ARABIC.items() if letter == "" or letter.isdigit()}
_LATIN_ONLY = {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("æ"): "ae", ord("œ"): "oe", ord("ı"): "i"}
_COMBINING = dict.fromkeys(range(0x0300, 0x0370), "")


def normalise(text: str) -> str:
    """One form per letter, keeping what stemmers need: full and half width, case, marks, Chinese folded."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_marks())


def fold(word: str) -> str:
    """The form under which a normalised or stemmed word is found: no accents, one alef, one ya."""
    return word if word.isascii() else word.translate(_letters())


@cache
def _marks() -> dict[int, str]:
    han = "".join(map(chr, [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]))
    simplified = opencc.OpenCC("t2s").convert(han)
    if len(simplified) != len(han):
        raise RuntimeError("OpenCC's table no longer maps one character to one.")
    chinese = {ord(old): new for old, new in zip(han, simplified, strict=True) if old != new}
    return {**chinese, **_ARABIC_MARKS, **_COMBINING}


@cache
def _letters() -> dict[int, str]:
    letters: dict[int, str] = {**_LATIN_ONLY, **_ARABIC, ord("ё"): "е"}
    for code in [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            letters.setdefault(code, base.lower())
    return letters
