"""The body of a law: headings and articles, each article with an address of its own."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks import ARTICLE_NUMBER


class LawHeadingBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        [("part", _("Part")), ("chapter", _("Chapter")), ("section", _("Section"))], default="chapter", label=_("Level")
    )
    label = blocks.CharBlock(label=_("Number as printed"), max_length=40, help_text=_("For example: Chapter II"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{label} {title}"
        template = "statutes/heading.html"


class ArticleBlock(blocks.StructBlock):
    number = blocks.RegexBlock(
        ARTICLE_NUMBER,
        label=_("Number"),
        max_length=10,
        error_messages={"invalid": _("A number such as 22, 22-1 or 22a.")},
        help_text=_("In digits, for addresses and citations: 22, or 22-1 for an article inserted later."),
    )
    label = blocks.CharBlock(label=_("Number as printed"), max_length=40, help_text=_("For example: Article 22"))
    text = blocks.TextBlock(label=_("Text"), help_text=_("An empty line begins a new paragraph."))

    class Meta:
        icon = "doc-full"
        label = _("Article")
        label_format = "{label}"
        template = "statutes/article.html"


class LawBlock(blocks.StreamBlock):
    """A law from its first heading to its last article."""

    heading = LawHeadingBlock()
    article = ArticleBlock()

    class Meta:
        label = _("Text of the law")

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for place, block in enumerate(cleaned):
            if block.block_type == "article":
                number = block.value["number"]
                if number in seen:
                    message = _("There is another article %(number)s.") % {"number": number}
                    errors[place] = blocks.StructBlockValidationError({"number": ValidationError(message)})
                seen.add(number)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned
