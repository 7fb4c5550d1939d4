"""Names of languages as other systems write them."""


def language_tag(code: str) -> str:
    """The language tag of BCP 47: zh-hans → zh-Hans."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language
