"""Laws as search results: each leads to the article that answers best."""

from django.utils.translation import gettext_lazy as _

from cms.search.kinds import Passage, page_kind
from cms.statutes.models import LawPage, digits_of


def _articles(law: LawPage) -> list[Passage]:
    return [
        Passage(article.label, article.anchor, article.text, names=f"{article.label} {digits_of(article)}")
        for article in law.articles()
    ]


LAW = page_kind(
    "law", _("Law"), LawPage, {"topic": "topics__slug", "year": "version_on"}, passages=_articles, many=_("Laws")
)
