"""The longest words editors may enter, per language: real sentences filled up to the limit of the field."""

SLOGAN, THEME = 80, 160
SENTENCES = {
    "en": "Respect intellectual property, protect innovation and put creativity to work for everyone everywhere now",
    "zh-hans": "尊重知识产权，保护创新成果，让每一位“创造者”的智慧都得到应有的回报与社会的广泛认可；推动高质量发展，建设知识产权强国，从你我做起。",
    "fr": "Respectons la propriété intellectuelle : protégeons l’innovation, valorisons la créativité de chacun, dès aujourd’hui",
    "es": "Respetemos la propiedad intelectual, protejamos la innovación y aprovechemos la creatividad de todos desde hoy mismo",
    "ru": "Уважаем интеллектуальную собственность, защищаем изобретательство и пользуемся плодами творчества высококвалифицированных людей",
    "ar": "لنحترم الملكية الفكرية ونحمِ الابتكار ونستثمر الإبداع (WIPO 2027) في خدمة المجتمع والاقتصاد والأجيال القادمة جميعًا",
}
# One word as long as words get: it has to be set smaller or, at the very smallest size, be taken apart.
LONG_WORDS = {
    "en": "Intellectualpropertyrightsenforcementcoordination",
    "ru": "Высококвалифицированнейшиепредставители",
    "fr": "Anticonstitutionnellementintellectuelle",
}
NAMES = tuple(f"Ministry of Intellectual Property and Foreign Trade, Department {number}" for number in range(1, 13))


def filled(sentence: str, length: int) -> str:
    """The sentence, repeated and cut to exactly ``length`` characters without a space at the end."""
    text = f"{sentence} {sentence} {sentence}"[:length]
    return text.rstrip().ljust(length, "。" if "。" in sentence else "!")
