"""The blocks of a story: few, and each with a look of its own. Never nested deeper than two."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

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


class StoryBlock(blocks.StreamBlock):
    """A story as editors tell it."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=TEXT)
    quote = QuoteBlock()
    facts = FactsBlock()
    picture = PictureBlock()

    class Meta:
        label = _("Story")
