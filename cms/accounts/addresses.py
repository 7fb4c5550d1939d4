import re


def addresses_in(text: str) -> list[str]:
    """What stands between spaces, commas (also those of Chinese and Arabic) and lines: each once, in lower case."""
    return list(dict.fromkeys(part.lower() for part in re.split(r"[\s,;，；、،؛]+", text) if part))
