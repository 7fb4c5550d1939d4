"""Posters: no text leaves its box, no box meets another, and every script is set as its readers expect."""

import io
from itertools import combinations

import numpy
import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from cms.artwork.boxes import Box, Sheet
from cms.artwork.designs import DESIGNS
from cms.artwork.errors import ArtworkError
from cms.artwork.files import as_image, as_print_pdf, trimmed
from cms.artwork.formats import FORMATS
from cms.artwork.painting import Painter, Words, place_texts
from cms.artwork.pictures import Picture, crop_for
from cms.artwork.text.fitting import Style, fit
from cms.artwork.text.fonts import BOLD, stack
from cms.artwork.text.lines import NOT_FIRST, NOT_LAST
from cms.artwork.text.runs import runs
from tests.campaigns.longest import LONG_WORDS, NAMES, SENTENCES, SLOGAN, THEME, filled

LANGUAGES = list(SENTENCES)
URL = "https://imprint.example.org/{}/campaigns/national-intellectual-property-publicity-week-2027/"


def longest(language: str) -> Words:
    sentence = SENTENCES[language]
    dates = {"zh-hans": "2027年12月20日至2028年12月31日"}.get(language, "20 September 2027 – 30 September 2028")
    return Words(language, filled(sentence, SLOGAN), filled(sentence, THEME), dates, NAMES, URL.format(language))


def words(language: str, slogan: str) -> Words:
    return Words(language, slogan, "Theme", "2027", ("Office",), URL.format(language))


def text_of(line) -> str:
    return "".join(run.text for run in line.runs)


# --- fitting ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("has_picture", [False, True])
@pytest.mark.parametrize("design", DESIGNS.values(), ids=list(DESIGNS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_texts_stay_within_boxes_that_do_not_meet(language, design, has_picture):
    for size in FORMATS.values():
        small = size.scaled(1200)
        placed = place_texts(longest(language), design, small, has_picture=has_picture)
        assert {text.role for text in placed} >= {"slogan", "theme", "dates"}
        for text in placed:
            top, bottom = text.ink
            assert top >= text.box.top - 1, (size.name, text.role)
            assert bottom <= text.box.bottom + 1, (size.name, text.role)
            assert text.setting.width <= text.box.width + 1, (size.name, text.role)
        for one, other in combinations(placed, 2):
            assert not one.box.meets(other.box), (size.name, one.role, other.role)


@pytest.mark.parametrize("has_picture", [False, True])
@pytest.mark.parametrize("design", DESIGNS.values(), ids=list(DESIGNS))
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_nothing_lies_on_top_of_a_text(design, has_picture, is_mirrored):
    for size in FORMATS.values():
        sheet = Sheet(size.scaled(1200), is_mirrored)
        elements = design.elements(size.layout, has_picture=has_picture)
        boxes = {
            f"{number} {element['kind']}": sheet.box(element["box"])
            for number, element in enumerate(elements)
            if element["kind"] in {"text", "logos", "qr", "seal", "picture", "mosaic"}
        }
        whole = Box(0, 0, *sheet.size)
        for (name, one), (other_name, other) in combinations(boxes.items(), 2):
            if "seal" in (name[2:], other_name[2:]) and {name[2:], other_name[2:]} & {"picture"}:
                continue  # the seal stands on the edge of the picture on purpose
            assert not one.meets(other), (size.name, name, other_name)
        for box in boxes.values():
            assert box.left >= 0
            assert box.right <= whole.right
            assert box.bottom <= whole.bottom


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawn_ink_is_where_the_measures_say(language):
    """Measured on pixels: what is drawn in black on white lies within the box."""
    style = Style("serif", BOLD, 90, 10)
    box = (600, 300)
    setting = fit(filled(SENTENCES[language], SLOGAN), language, style, *box)
    image = Image.new("L", (box[0] + 200, box[1] + 200), 255)
    draw = ImageDraw.Draw(image)
    y = 100 + setting.lines[0].above
    for line in setting.lines:
        x = 100.0
        for run in line.runs:
            draw.text((x, y), run.text, font=run.font(setting.size), fill=0, anchor="ls", direction=run.direction)
            x += run.width(setting.size)
        y += setting.advance
    rows, columns = numpy.nonzero(numpy.asarray(image) < 128)
    assert rows.min() >= 99
    assert rows.max() <= 100 + box[1] + 1
    assert columns.min() >= 100 - setting.size * 0.1  # a letter may lean out of its advance
    assert columns.max() <= 100 + box[0] + setting.size * 0.1


def test_a_short_slogan_is_as_large_as_the_design_allows_and_a_long_one_smaller():
    style = Style("serif", BOLD, 80, 10)
    assert fit("Short", "en", style, 600, 300).size == 80
    assert fit(filled(SENTENCES["en"], SLOGAN), "en", style, 600, 200).size < 80


@pytest.mark.parametrize("language", list(LONG_WORDS))
def test_a_word_longer_than_the_line_is_set_smaller_and_stays_whole(language):
    word = LONG_WORDS[language]
    setting = fit(word, language, Style("serif", BOLD, 80, 10), 400, 300)
    assert [text_of(line) for line in setting.lines] == [word]
    assert setting.width <= 400


def test_five_hundred_characters_are_refused_with_a_sentence():
    with pytest.raises(ArtworkError, match="too long for the poster"):
        place_texts(words("en", "many words " * 45), DESIGNS["seal"], FORMATS["banner"], has_picture=False)


def test_many_bodies_end_with_a_word_for_the_others():
    placed = place_texts(longest("en"), DESIGNS["seal"], FORMATS["poster-a3"].scaled(400), has_picture=False)
    bodies = next(text for text in placed if text.role == "bodies")
    shown = " ".join(text_of(line) for line in bodies.setting.lines)
    assert NAMES[0].split(",")[0] in shown


# --- scripts ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", range(160, 900, 37))
def test_chinese_lines_keep_their_marks(width):
    setting = fit(SENTENCES["zh-hans"], "zh-hans", Style("serif", BOLD, 40, 20), width, 4000)
    lines = [text_of(line) for line in setting.lines]
    assert "".join(lines) == SENTENCES["zh-hans"]
    assert not any(line[0] in NOT_FIRST for line in lines), lines
    assert not any(line[-1] in NOT_LAST for line in lines), lines


def test_chinese_words_are_not_torn():
    setting = fit("每个创造者都留下印记", "zh-hans", Style("serif", BOLD, 60, 60), 360, 400)
    assert not any(text_of(line).endswith("创") for line in setting.lines)


def test_french_marks_do_not_begin_a_line():
    for width in range(120, 500, 23):
        setting = fit("Qui crée laisse une empreinte : la vôtre ?", "fr", Style("serif", BOLD, 40, 10), width, 4000)
        assert not any(text_of(line).strip()[0] in ":?" for line in setting.lines)


def test_arabic_runs_from_the_right_and_latin_within_it_from_the_left():
    found = runs("ملصق (WIPO) جديد", stack("serif", "ar", BOLD), right_to_left=True)
    assert [(run.text.strip(), run.direction) for run in found if run.text.strip()] == [
        ("جديد", "rtl"),
        (")", "rtl"),
        ("WIPO", "ltr"),
        ("(", "rtl"),
        ("ملصق", "rtl"),
    ]


def test_a_number_belongs_to_the_latin_word_before_it():
    found = runs("معرض Expo 2027", stack("serif", "ar", BOLD), right_to_left=True)
    assert "".join(run.text for run in found if run.direction == "ltr") == "Expo 2027"
    assert found[-1].text.strip() == "معرض"


def test_arabic_letters_join():
    """Shaped, a word is narrower than its letters one by one."""
    face = stack("serif", "ar", BOLD)[0].at(100)
    word = "ملكية"
    assert face.getlength(word, direction="rtl") < sum(face.getlength(letter, direction="rtl") for letter in word) * 0.9


def test_arabic_sheets_are_mirrored():
    left = Sheet(FORMATS["card"], False).box([10, 0, 20, 50])
    right = Sheet(FORMATS["card"], True).box([10, 0, 20, 50])
    assert left.left == FORMATS["card"].width - right.right


def test_a_character_no_font_has_is_refused_and_never_a_box():
    with pytest.raises(ArtworkError, match="No font"):
        place_texts(words("en", "A \U0001f9ff charm"), DESIGNS["seal"], FORMATS["card"], has_picture=False)


# --- drawings -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("design", DESIGNS.values(), ids=list(DESIGNS))
@pytest.mark.parametrize("size", [size for size in FORMATS.values() if not size.is_printed], ids=lambda size: size.name)
def test_the_code_can_be_scanned(design, size):
    image = Painter(design, "week", None, []).paint(longest("en"), size)
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [URL.format("en")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_code_on_a_poster_can_be_scanned(language):
    image = Painter(DESIGNS["night"], "week", None, []).paint(longest(language), FORMATS["poster-a3"].scaled(1000))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [URL.format(language)]


def test_designs_differ_and_names_have_ornaments_of_their_own():
    size = FORMATS["square"].scaled(200)
    drawn = {
        (design, name): Painter(DESIGNS[design], name, None, []).paint(words("en", "Same"), size).tobytes()
        for design in DESIGNS
        for name in ("one", "another")
    }
    assert len(set(drawn.values())) == len(drawn)


def test_the_same_words_give_the_same_pixels():
    size = FORMATS["card"]
    first, second = (Painter(DESIGNS["mosaic"], "x", None, []).paint(longest("ru"), size) for _time in range(2))
    assert first.tobytes() == second.tobytes()


def test_partners_logos_stand_in_their_box():
    logo = Image.new("RGBA", (400, 100), "#00ff00")
    wide = Image.new("RGBA", (1600, 60), "#00ff00")
    size = FORMATS["card"]
    image = Painter(DESIGNS["night"], "x", None, [logo, wide, logo]).paint(words("ar", "كل صانع يترك أثرًا"), size)
    pixels = numpy.asarray(image).astype(int)
    rows, columns = numpy.nonzero((pixels[..., 1] > 200) & (pixels[..., 0] < 90) & (pixels[..., 2] < 90))
    element = next(item for item in DESIGNS["night"].data["layouts"]["card"] if item["kind"] == "logos")
    box = Sheet(size, True).box(element["box"])
    assert box.left <= columns.min() <= columns.max() <= box.right
    assert box.top <= rows.min() <= rows.max() <= box.bottom


@pytest.mark.parametrize(
    ("focal", "box"),
    [((1800, 100, 1990, 300), Box(0, 0, 300, 500)), ((0, 0, 200, 200), Box(0, 0, 900, 300)), (None, Box(0, 0, 10, 90))],
)
def test_the_focal_area_is_never_cut_off(focal, box):
    left, top, right, bottom = crop_for((2000, 1000), box, focal)
    assert abs((right - left) / (bottom - top) - box.width / box.height) < 0.01
    assert 0 <= left < right <= 2000
    assert 0 <= top < bottom <= 1000
    if focal:
        assert left <= focal[0]
        assert top <= focal[1]
        assert right >= focal[2]
        assert bottom >= focal[3]
    else:
        assert abs((left + right) / 2 - 1000) <= 1


def test_a_picture_fills_its_part_of_the_sheet_to_the_bleed():
    picture = Picture(Image.new("RGB", (800, 600), "#00ff00"))
    size = FORMATS["poster-a3"]
    small = type(size)("poster", "", 351, 496, "poster", 30, 3)
    image = Painter(DESIGNS["night"], "x", picture, []).paint(words("en", "Hello"), small)
    assert image.size == (351 + 2 * small.bleed, 496 + 2 * small.bleed)
    assert image.getpixel((0, 0)) == (0, 255, 0)
    assert image.getpixel((image.width - 1, 0)) == (0, 255, 0)


# --- files --------------------------------------------------------------------------------------------
def test_sizes_are_those_of_the_paper_and_the_networks():
    assert (FORMATS["poster-a3"].width, FORMATS["poster-a3"].height) == (3508, 4961)
    assert (FORMATS["poster-a2"].width, FORMATS["poster-a2"].height) == (4961, 7016)
    assert [(FORMATS[name].width, FORMATS[name].height) for name in ("card", "square", "story", "banner")] == [
        (1200, 630),
        (1080, 1080),
        (1080, 1920),
        (1500, 500),
    ]


def test_the_print_pdf_has_its_paper_size_inside_the_bleed():
    size = FORMATS["poster-a3"]
    sheet = Painter(DESIGNS["seal"], "x", None, []).paint(words("en", "Hello"), size)
    page = PdfReader(io.BytesIO(as_print_pdf(sheet, size, title="Hello", language="en"))).pages[0]
    millimetre = 72 / 25.4
    trim = page.trimbox
    assert abs(float(trim.width) - 297 * millimetre) < 0.5
    assert abs(float(trim.height) - 420 * millimetre) < 0.5
    assert abs(float(page.mediabox.width) - 303 * millimetre) < 0.5
    assert abs(float(trim.left) - 3 * millimetre) < 0.1
    assert page.bleedbox == page.mediabox
    image = Image.open(io.BytesIO(as_image(trimmed(sheet, size), size, has_picture=False)[0]))
    assert image.size == (3508, 4961)
    assert [round(value) for value in image.info["dpi"]] == [300, 300]
