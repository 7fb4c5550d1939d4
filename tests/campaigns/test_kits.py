"""Kits: drawn once, complete, with a partner's logo once it was checked, and of public campaigns only."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image
from wagtail.images import get_image_model

from cms.accounts.models import User
from cms.artwork.errors import ArtworkError
from cms.artwork.formats import FORMATS
from cms.artwork.logos import read_logo
from cms.artwork.painting import Painter
from cms.campaigns.kits.models import Kit, KitFile, PartnerLogo
from cms.campaigns.models import CampaignPage, LocalEditionPage
from cms.statistics.models import Act, DailyCount
from cms.vocabulary.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_formats")]
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


@pytest.fixture
def painted(monkeypatch):
    """The sizes and languages that were really drawn."""
    calls = []
    paint = Painter.paint

    def noted(self, words, size):
        calls.append((words.language, size.name))
        return paint(self, words, size)

    monkeypatch.setattr(Painter, "paint", noted)
    return calls


def png(width=300, height=120, colour="#1f3a6e") -> bytes:
    stream = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def ask(client, campaign, **data):
    url = reverse("kits:kit", args=[campaign.translation_key])
    return client.post(url, {"languages": "one"} | data)


def taken(client, response) -> zipfile.ZipFile:
    kit = Kit.objects.get(pk=response.url.rstrip("/").rpartition("/")[2])
    assert kit.state == Kit.State.READY, kit.error
    assert kit.done == kit.total
    answer = client.get(reverse("kits:zip", args=[kit.pk]))
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_every_size_in_every_language_with_words_to_post(client, campaign):
    archive = taken(client, ask(client, campaign, languages="all"))
    names = set(archive.namelist())
    for language in LANGUAGES:
        assert {f"{language}/{name}.png" for name in FORMATS} <= names
        assert {f"{language}/poster-a3.pdf", f"{language}/poster-a2.pdf", f"{language}/README.txt"} <= names
    readme = archive.read("zh-hans/README.txt").decode()
    chinese = CampaignPage.objects.get(translation_key=campaign.translation_key, locale__language_code="zh-hans")
    assert chinese.slogan in readme
    assert "/zh-hans/campaigns/world-ip-day/" in readme
    assert "#WorldIPDay" in readme
    for name in names:
        if name.endswith(".png"):
            Image.open(io.BytesIO(archive.read(name))).verify()


def test_one_language_is_one_folder(client, campaign):
    archive = taken(client, ask(client, campaign))
    assert {name.partition("/")[0] for name in archive.namelist()} == {"en"}


def test_what_did_not_change_is_not_drawn_again(client, campaign, painted):
    ask(client, campaign, languages="all")
    assert len(painted) == len(LANGUAGES) * len(FORMATS)
    painted.clear()
    Kit.objects.all().delete()
    ask(client, campaign, languages="all")
    assert painted == []


def test_another_slogan_draws_its_own_language_anew(client, campaign, painted):
    ask(client, campaign, languages="all")
    painted.clear()
    french = CampaignPage.objects.get(translation_key=campaign.translation_key, locale__language_code="fr")
    french.slogan = "Une autre devise."
    french.save()
    ask(client, campaign, languages="all")
    assert {language for language, _size in painted} == {"fr"}
    assert len(painted) == len(FORMATS)


def test_the_same_kit_is_made_once(client, campaign):
    first, second = ask(client, campaign), ask(client, campaign)
    assert first.url == second.url
    assert Kit.objects.count() == 1


def test_a_partner_gets_posters_with_its_logo_and_name(client, campaign, painted):
    ask(client, campaign)
    plain = {file.digest for file in KitFile.objects.all()}
    upload = SimpleUploadedFile("logo.png", png(), "image/png")
    archive = taken(client, ask(client, campaign, organisation="Riverside Library", logo=upload))
    assert len(painted) == 2 * len(FORMATS)
    branded = KitFile.objects.exclude(digest__in=plain).get(format="card")
    assert archive.read("en/card.png") == branded.file.open().read()
    assert PartnerLogo.objects.get().name == "Riverside Library"


@pytest.mark.parametrize(("data", "field"), [({"organisation": "Library"}, "logo"), ({"logo": True}, "organisation")])
def test_a_logo_needs_a_name_and_a_name_a_logo(client, campaign, data, field):
    if data.get("logo"):
        data = {"logo": SimpleUploadedFile("logo.png", png(), "image/png")}
    response = ask(client, campaign, **data)
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert not Kit.objects.exists()


def huge_png(side: int) -> bytes:
    """The header of an image of 30,000 × 30,000 pixels: a few bytes that would be 3.6 GB unpacked."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{}</svg>'
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (huge_png(30_000), "larger than 8000"),
        (png(20, 20), "smaller than 64"),
        (b"GIF89a" + b"\0" * 50, "no image of these kinds"),
        (png()[:80], "damaged"),
        (b"\0" * (5 * 1024 * 1024 + 1), "5 MB"),
        (SVG.format("<script>alert(1)</script>").encode(), "“script”"),
        (SVG.format('<rect width="9" height="9" onload="alert(1)"/>').encode(), "“onload”"),
        (SVG.format("<foreignObject/>").encode(), "“foreignObject”"),
        (SVG.format('<image xlink:href="file:///etc/passwd"/>').encode(), "“image”"),
        (SVG.format('<use xlink:href="http://127.0.0.1/x.svg#a"/>').encode(), "“href”"),
        (SVG.format("<style>@import 'http://127.0.0.1/';</style>").encode(), "“url”"),
        (SVG.format('<rect style="fill:url(http://127.0.0.1/)" width="9" height="9"/>').encode(), "“style”"),
        (SVG.format("<g/>" * 5001).encode(), "too complicated"),
        (SVG.format('<use href="#a"/>' * 21).encode(), "too complicated"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>").encode(), "cannot be read"),
        (b"<html></html>", "no image of these kinds"),
        (b"<svg", "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_or_useless_logo_is_refused_with_a_sentence(content, says):
    with pytest.raises(ArtworkError, match=says):
        read_logo(io.BytesIO(content))


def test_a_refused_logo_is_said_in_the_form_and_the_rest_stays(client, campaign):
    upload = SimpleUploadedFile("logo.svg", SVG.format("<script>1</script>").encode(), "image/svg+xml")
    response = ask(client, campaign, organisation="Riverside Library", logo=upload, languages="all")
    assert response.status_code == 400
    page = response.content.decode()
    assert "which a logo may not" in page
    assert 'value="Riverside Library"' in page
    assert not PartnerLogo.objects.exists()


def test_a_clean_svg_becomes_an_image_of_our_own():
    drawing = SVG.format(
        '<metadata>secret</metadata><rect width="200" height="100" fill="#b3321e"/>'
        '<inkscape:path-effect xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"/>'
    )
    logo = read_logo(io.BytesIO(drawing.encode()))
    assert logo.width == 2 * logo.height
    assert logo.getpixel((logo.width // 2, logo.height // 2)) == (179, 50, 30, 255)


# --- single files and previews ------------------------------------------------------------------------
@pytest.mark.parametrize("name", list(FORMATS))
def test_every_size_can_be_looked_at_and_taken_by_itself(reader, campaign, name):
    key = campaign.translation_key
    preview = reader.get(reverse("kits:preview", args=[key, name]))
    assert preview["Content-Type"] == "image/png"
    image = reader.get(reverse("kits:file", args=[key, name, "image"]))
    assert image["Content-Type"] == "image/png"
    b"".join(image.streaming_content)
    image.close()
    assert DailyCount.objects.of([key]).total(Act.DOWNLOAD) == 1
    assert reader.get(reverse("kits:file", args=[key, name, "pdf"])).status_code == (
        200 if FORMATS[name].is_printed else 404
    )


@pytest.mark.parametrize("address", ["preview/nothing.png", "nothing.image", "card.exe"])
def test_other_names_do_not_exist(client, campaign, address):
    assert client.get(f"/en/kits/{campaign.translation_key}/{address}").status_code == 404


def test_a_picture_makes_photographs_of_the_files(client, campaign):
    stream = io.BytesIO()
    Image.new("RGB", (900, 600), "#00aa00").save(stream, "PNG")
    image = get_image_model().objects.create(
        title="Green", file=SimpleUploadedFile("green.png", stream.getvalue(), "image/png")
    )
    campaign.picture = image
    campaign.save()
    answer = client.get(reverse("kits:file", args=[campaign.translation_key, "card", "image"]))
    drawn = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert drawn.format == "JPEG"
    colours = drawn.convert("RGB").getcolors(1 << 20)
    assert any(green > 150 and red < 40 and blue < 40 for _count, (red, green, blue) in colours)


def test_a_campaign_taken_back_takes_its_kit_with_it(client, campaign):
    response = ask(client, campaign)
    campaign.unpublish()
    key = campaign.translation_key
    for url in (
        response.url,
        f"{response.url}kit.zip",
        reverse("kits:kit", args=[key]),
        reverse("kits:preview", args=[key, "card"]),
        reverse("kits:file", args=[key, "card", "image"]),
    ):
        assert client.get(url).status_code == 404, url


def test_a_language_without_the_campaign_has_no_kit(client, campaign):
    CampaignPage.objects.get(translation_key=campaign.translation_key, locale__language_code="ru").unpublish()
    assert client.get(f"/ru/kits/{campaign.translation_key}/").status_code == 404
    with override("en"):
        assert "ru/README.txt" not in taken(client, ask(client, campaign, languages="all")).namelist()


def test_an_editor_sees_the_kit_of_a_draft(client, campaign):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    assert ("kit", "Kit") in [(name, str(label)) for name, label in campaign.preview_modes]
    campaign.slogan = "Not yet published"
    response = campaign.make_preview_request(preview_mode="kit")
    page = response.render().content.decode()
    assert page.count("data:image/png;base64,") == len(FORMATS)


def test_a_failure_is_a_sentence_and_the_next_try_begins_anew(client, campaign, monkeypatch):
    def fail(self, words, size):
        raise ArtworkError("No font on this server can draw “印”.")

    with monkeypatch.context() as patch:
        patch.setattr(Painter, "paint", fail)
        response = ask(client, campaign)
    assert "No font on this server" in client.get(response.url).content.decode()
    assert taken(client, ask(client, campaign))


def test_too_many_kits_from_one_place_are_refused(client, campaign, monkeypatch):
    monkeypatch.setattr("cms.campaigns.kits.views.KITS_AN_HOUR", 1)
    assert ask(client, campaign).status_code == 302
    assert ask(client, campaign, languages="all").status_code == 429


def test_the_kit_page_asks_few_questions(client, campaign, django_assert_max_num_queries):
    url = reverse("kits:kit", args=[campaign.translation_key])
    client.get(url)
    with django_assert_max_num_queries(16):
        client.get(url)


def test_a_local_edition_has_a_kit_of_its_own_words(client, campaign, painted):
    edition = LocalEditionPage(
        title="In Shanghai", slug="shanghai", region=Region.objects.get(slug="cn-sh"), slogan="Shanghai makes."
    )
    campaign.add_child(instance=edition)
    archive = taken(client, ask(client, edition))
    assert "Shanghai makes." in archive.read("en/README.txt").decode()
