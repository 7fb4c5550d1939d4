"""A pack that cannot be made says so in the language that it was asked for."""

import pytest
from django.utils.translation import override

from curriculum.packs.api import make, pack_for
from curriculum.packs.models import Format, Pack
from curriculum.packs.sources import find_source
from curriculum.plans.models import ProgrammePage

pytestmark = pytest.mark.django_db


def break_down(*_arguments):
    raise OSError("the disk is full")


def test_the_reason_is_a_sentence_in_the_language_of_the_pack_whatever_the_worker_speaks(monkeypatch):
    monkeypatch.setattr("curriculum.packs.api.write", break_down)
    programme = ProgrammePage.objects.get(slug="ideas-and-inventors", locale__language_code="en")
    source = find_source("programme", str(programme.translation_key))
    pack, _is_new = pack_for(source, Format.EPUB, ["fr"])
    with override("en"), pytest.raises(OSError, match="the disk is full"):
        make(pack)
    pack.refresh_from_db()
    assert pack.state == Pack.State.FAILED
    assert pack.error.startswith("Une erreur est survenue")
