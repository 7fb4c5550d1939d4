"""Public pages beside the limit: the cheapest answer the same Django stack can give."""

from benchmarks.site import measure, prepare, table

PAGES = {
    "home": "/zh-hans/",
    "lesson library": "/zh-hans/lessons/",
    "lesson library, filtered": "/zh-hans/lessons/?stage=primary&topic=patents",
    "lesson plan": "/zh-hans/lessons/primary/ideas-and-inventors/songs-and-places/whose-song-is-it/",
    "campaign": "/zh-hans/campaigns/world-ip-day/",
    "course": "/zh-hans/courses/ip-for-leading-cadres/",
}


def main() -> None:
    prepare()
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})

    def get(path: str) -> None:
        assert client.get(path).status_code == 200, path

    limit = measure(lambda: get("/robots.txt"))
    rows = [("limit: a view without database or template", limit)]
    rows += [(name, measure(lambda path=path: get(path))) for name, path in PAGES.items()]
    table("Pages, through all middleware, uncached", rows, limit)


if __name__ == "__main__":
    main()
