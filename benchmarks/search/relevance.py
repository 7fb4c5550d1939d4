"""The judged questions of ``tests/search`` with both backends: ``python -m benchmarks.search.relevance``."""

from benchmarks.site import prepare


def main() -> None:
    prepare()
    from django.conf import settings

    from tests.search import relevance

    ours = relevance.scores()
    settings.WAGTAILSEARCH_BACKENDS = relevance.WAGTAILS_OWN
    relevance.fill_wagtails_own()
    print(f"\nRelevance, starter content\n{relevance.table(ours, relevance.scores())}")


if __name__ == "__main__":
    main()
