"""Who is a reader: a browser that somebody looks at."""

import re

from django.http import HttpRequest

# Robots that say so; those that lie are few beside them and cannot be told without watching people.
ROBOT = re.compile(r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|monitor|fetch|curl|wget|python|java/|headless", re.I)


def is_person(request: HttpRequest) -> bool:
    """Whether a request is a person's: no robot, no prefetching, no mere look at the headers."""
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method in {"GET", "POST"} and bool(agent) and not ROBOT.search(agent) and "prefetch" not in purpose
