"""The list of associations in every language; associations themselves are added by editors."""

from pathlib import Path

from cms.associations.models import AssociationIndexPage
from cms.languages.starter import publish
from cms.pages.models import HomePage
from cms.vocabulary.data import read

FILE = Path(__file__).parent / "index.yaml"


def load() -> None:
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    publish(home, AssociationIndexPage, "associations", read(FILE), dict)
