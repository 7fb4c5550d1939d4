"""What python-docx leaves out: languages, right-to-left marks, header rows, numbering that begins anew.

Element names are those of ECMA-376, part 1 (WordprocessingML).
"""

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# Language tags as Word knows them.
WORD_LANGUAGES = {
    "en": "en-GB",
    "zh-hans": "zh-CN",
    "fr": "fr-FR",
    "es": "es-ES",
    "ru": "ru-RU",
    "ar": "ar-SA",
}
EAST_ASIAN_FONT = "SimSun"
ARABIC_FONT = "Arial"


@dataclass(frozen=True)
class Tongue:
    """One language as Word marks it."""

    code: str

    @property
    def is_right_to_left(self) -> bool:
        return self.code == "ar"

    @property
    def tag(self) -> str:
        return WORD_LANGUAGES[self.code]

    @property
    def attribute(self) -> str:
        """Which attribute of w:lang the tag stands in: East Asian and complex scripts have their own."""
        return {"zh-hans": "w:eastAsia", "ar": "w:bidi"}.get(self.code, "w:val")


def _child(parent: Any, name: str) -> Any:
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    return found


def mark_run(run: Any, tongue: Tongue) -> None:
    """The language of a run, and its direction."""
    properties = run._r.get_or_add_rPr()
    if tongue.is_right_to_left:
        _child(properties, "w:rtl")
    language = _child(properties, "w:lang")
    language.set(qn("w:val"), tongue.tag)
    language.set(qn(tongue.attribute), tongue.tag)


def mark_paragraph(paragraph: Any, tongue: Tongue) -> None:
    """A paragraph that runs from right to left, with the marks of all its runs."""
    if tongue.is_right_to_left:
        properties = paragraph._p.get_or_add_pPr()
        if properties.find(qn("w:bidi")) is None:
            properties.insert_element_before(
                OxmlElement("w:bidi"),
                *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"),
            )
    for run in paragraph.runs:
        mark_run(run, tongue)


def mark_table(table: Any, tongue: Tongue) -> None:
    """A table whose first column stands at the right."""
    if tongue.is_right_to_left:
        visual = OxmlElement("w:bidiVisual")
        properties = table._tbl.tblPr
        style = properties.find(qn("w:tblStyle"))
        style.addnext(visual) if style is not None else properties.insert(0, visual)


def mark_header_row(row: Any) -> None:
    """A row that is repeated on every page and read out as the header."""
    properties = row._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def keep_rows_whole(table: Any) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def mark_document(document: Any, tongue: Tongue) -> None:
    """The document's own language: in its defaults, its fonts and its sections."""
    styles = document.styles.element
    defaults = _child(_child(_child(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    language = _child(defaults, "w:lang")
    language.set(qn("w:val"), tongue.tag)
    language.set(qn("w:eastAsia"), tongue.tag if tongue.code == "zh-hans" else "zh-CN")
    language.set(qn("w:bidi"), "ar-SA")
    for style in document.styles:
        if style.element.rPr is not None and style.element.rPr.rFonts is not None:
            _fonts(style.element.rPr.rFonts)
    normal = document.styles["Normal"].element.get_or_add_rPr()
    _fonts(normal.get_or_add_rFonts())
    if tongue.is_right_to_left:
        for section in document.sections:
            grid = section._sectPr.find(qn("w:docGrid"))
            bidi = OxmlElement("w:bidi")
            section._sectPr.append(bidi) if grid is None else grid.addprevious(bidi)  # the schema's order


def _fonts(fonts: Any) -> None:
    """Named fonts instead of theme fonts, so that East Asian and Arabic text has one that can draw it."""
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:ascii"), "Calibri")
    fonts.set(qn("w:hAnsi"), "Calibri")
    fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
    fonts.set(qn("w:cs"), ARABIC_FONT)


def numbering_from_one(document: Any, style: str) -> int:
    """A numbering of its own for one list of a list style, so that it begins with 1 again."""
    numbering = document.part.numbering_part.element
    style_number = document.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(style_number).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def number_paragraph(paragraph: Any, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
