"""What goes into a kit: the words of each language, the picture, the logos."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from PIL import Image
from wagtail.models import Page

from cms import artwork
from cms.artwork.designs import DESIGNS, Design
from cms.artwork.formats import Format
from cms.artwork.painting import Painter, Words
from cms.artwork.pictures import Picture
from cms.campaigns.dates import period_text
from cms.campaigns.kits.models import PartnerLogo
from cms.campaigns.models import CampaignPage, LocalEditionPage
from cms.jobs.code import code_digest
from cms.languages.switcher import readable

MOST_LOGOS = 6
LARGEST_PICTURE = 7200  # pixels: as much as an A2 poster can show
# A new edition of the drawing code, or of Pillow, draws anew.
DRAWN_BY = [version("pillow"), code_digest((Path(artwork.__file__).parent,), (".py", ".yaml"))]


def pages_of(key: UUID) -> list[Any]:
    """The readable campaign, or edition, with this key in every language, in the order of the languages."""
    order = [code for code, _name in settings.LANGUAGES]
    pages = Page.objects.filter(translation_key=key).type(CampaignPage, LocalEditionPage)
    found = readable(pages).select_related("locale").specific()
    return sorted(found, key=lambda page: order.index(page.locale.language_code))


def page_in_language(key: UUID) -> Any:
    """The one in the reader's language, or None."""
    return next((page for page in pages_of(key) if page.locale.language_code == get_language()), None)


def words_of(page: Any, logo: PartnerLogo | None = None) -> Words:
    """What the posters of a page say; a draft says what it would say when published."""
    face, language = page.face, page.locale.language_code
    names = tuple(str(partner.organisation) for partner in face.partners)
    return Words(
        language=language,
        slogan=face.slogan,
        theme=face.theme,
        dates=period_text(face.period, language),
        bodies=(*names[:1], logo.name, *names[1:]) if logo else names,
        url=page.full_url or settings.BASE_URL,
    )


@dataclass(frozen=True)
class Ingredients:
    """Everything a kit is drawn from but its words: the files are named by their hashes until they are needed."""

    name: str
    design: Design
    picture: Any
    logos: tuple[Any, ...]
    partner: PartnerLogo | None

    @property
    def has_picture(self) -> bool:
        return self.picture is not None

    def painter(self) -> Painter:
        partner = [_opened_partner(self.partner)] if self.partner else []
        logos = [_opened(image) for image in self.logos]
        return Painter(self.design, self.name, _picture(self.picture), [*logos[:1], *partner, *logos[1:]])

    @property
    def marks(self) -> list[object]:
        """What tells these ingredients from others."""
        picture = self.picture and [self.picture.get_file_hash(), _focal(self.picture)]
        logos = [image.get_file_hash() for image in self.logos]
        return [self.name, self.design.data, picture, logos, self.partner and self.partner.digest, *DRAWN_BY]


def ingredients_of(page: Any, partner: PartnerLogo | None = None) -> Ingredients:
    face = page.face
    logos = [partner_.shown_logo for partner_ in face.partners if partner_.shown_logo]
    design = DESIGNS.get(face.design, next(iter(DESIGNS.values())))
    return Ingredients(page.slug, design, face.picture, tuple(logos[:MOST_LOGOS]), partner)


def digest_of(ingredients: Ingredients, words: Words, size: Format) -> str:
    """A digest of all that goes into a drawing."""
    content = [ingredients.marks, asdict(words), size.name, size.width, size.height]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _picture(image: Any) -> Picture | None:
    if image is None:
        return None
    opened = _loaded(image).convert("RGB")
    focal = _focal(image)
    if max(opened.size) > LARGEST_PICTURE:
        before = opened.width
        opened.thumbnail((LARGEST_PICTURE, LARGEST_PICTURE))
        focal = focal and [round(value * opened.width / before) for value in focal]
    return Picture(opened, tuple(focal) if focal else None)  # type: ignore[arg-type]


def _focal(image: Any) -> list[int] | None:
    """The focal area as left, top, right, bottom; none where the editor has set none."""
    rectangle = image.get_focal_point()
    return [rectangle.left, rectangle.top, rectangle.right, rectangle.bottom] if rectangle else None


def _opened(image: Any) -> Image.Image:
    logo = _loaded(image).convert("RGBA")
    logo.thumbnail((1600, 1600))
    return logo


def _loaded(image: Any) -> Image.Image:
    with image.open_file() as file:
        opened = Image.open(file)
        opened.load()
    return opened


def _opened_partner(logo: PartnerLogo) -> Image.Image:
    with logo.image.open("rb") as file:
        return Image.open(file).convert("RGBA")
