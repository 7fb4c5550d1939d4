"""Numbers as statutes count: 一, 十二, 一百四十九."""

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "".join([*DIGITS, *UNITS])


def number_of(numeral: str) -> int:
    """The value of a Chinese or decimal numeral below ten thousand.

    :raises ValueError: it is no such numeral
    """
    if numeral.isascii() and numeral.isdecimal():
        return int(numeral)
    total, digit, last_unit = 0, None, 10_000
    for character in numeral:
        if character in UNITS:
            unit = UNITS[character]
            if unit >= last_unit:
                raise ValueError(numeral)
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif character in DIGITS:
            if digit:
                raise ValueError(numeral)
            digit = DIGITS[character]
        else:
            raise ValueError(numeral)
    if not numeral:
        raise ValueError(numeral)
    return total + (digit or 0)
