"""The blocks of a story: few, and each with a look of its own. Never nested deeper than two."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from cms.languages.switcher import readable

ARTICLE_NUMBER = r"^[1-9][0-9]{0,3}[a-z]?(-[1-9][0-9]?)?$"
INLINE = ["bold", "italic", "link"]
TEXT = [*INLINE, "h3", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"
        preview_value = "What you can do this week"


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/paragraph.html"
        preview_value = "<p>Every object on your desk was once an idea that somebody had.</p>"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "pages/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    figure = blocks.CharBlock(label=_("Figure"), max_length=20, help_text=_("For example: 20 years"))
    meaning = blocks.CharBlock(label=_("What it means"))

    class Meta:
        icon = "pick"
        label = _("Fact")


class FactsBlock(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(FactBlock(), min_num=1, max_num=4, **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Facts in figures")
        template = "pages/blocks/facts.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"


class CitationValue(blocks.StructValue):
    """A law and one of its articles, as far as anyone may read them."""

    @cached_property
    def cited_law(self) -> Any:
        page = self.get("law")
        if page is None:
            return None
        return readable(Page.objects.filter(pk=page.pk)).select_related("locale").specific().first()

    @cached_property
    def cited_article(self) -> Any:
        return self.cited_law.article(self["article"]) if self.cited_law and self.get("article") else None


class CitationBlock(blocks.StructBlock):
    """Cites a law, or one article of it, by its number."""

    law = blocks.PageChooserBlock(page_type="statutes.LawPage", label=_("Law"))
    article = blocks.RegexBlock(
        ARTICLE_NUMBER,
        label=_("Article"),
        required=False,
        max_length=10,
        error_messages={"invalid": _("A number such as 22, 22-1 or 22a.")},
        help_text=_("Its number in digits, e.g. 22."),
    )

    class Meta:
        icon = "openquote"
        label = _("Article of a law")
        template = "pages/blocks/citation.html"
        value_class = CitationValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        law, number = cleaned["law"], cleaned["article"]
        if number and law.specific.article(number) is None:
            message = _("“%(law)s” has no article %(number)s.") % {"law": law.title, "number": number}
            raise blocks.StructBlockValidationError({"article": ValidationError(message)})
        return cleaned


class StoryBlock(blocks.StreamBlock):
    """A story as editors tell it."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=TEXT)
    quote = QuoteBlock()
    facts = FactsBlock()
    picture = PictureBlock()
    citation = CitationBlock()

    class Meta:
        label = _("Story")
