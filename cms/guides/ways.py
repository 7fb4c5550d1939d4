"""The ways through a guide, seen as a graph: what is wrong with it, and how it opens into a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

MOST_SHOWN = 250  # steps on one page, counting those that several answers lead to as often as they are led to


@dataclass(frozen=True)
class Problem:
    """Something that no reader should meet; ``place`` is the step's place in the guide."""

    place: int
    text: str


@dataclass
class Node:
    """A step as it stands at one end of a way. ``id`` is unique on the page: where the way goes."""

    kind: str
    value: Any
    id: str
    branches: list[tuple[str, "Node"]] = field(default_factory=list)


def exits(block: Any) -> list[str]:
    """The keys of the steps that a step leads to, in its own order."""
    if block.block_type == "question":
        return [answer["leads_to"] for answer in block.value["answers"]]
    return [block.value["leads_to"]] if block.value.get("leads_to") else []


def problems_of(steps: Any) -> list[Problem]:
    """Everything that is wrong: keys given twice, dead ends, loops, steps out of reach, too many ways."""
    blocks = list(steps)
    if not blocks:
        return []
    found = [*_twice(blocks), *_dead_ends(blocks)]
    if blocks[0].block_type != "question":
        found.append(Problem(0, _("A guide begins with a question.")))
    if found:
        return found
    by_key = {block.value["key"]: block for block in blocks}
    places = {block.value["key"]: place for place, block in enumerate(blocks)}
    if way := _loop(by_key, blocks[0].value["key"]):
        text = _("This goes round in a circle: %(way)s. Take one of these answers elsewhere.")
        return [Problem(places[way[0]], text % {"way": " → ".join(way)})]
    found = [*_out_of_reach(by_key, places, blocks[0].value["key"])]
    shown = _size(by_key, blocks[0].value["key"], {})
    if shown > MOST_SHOWN:
        text = _("The guide opens into %(count)d steps, more than a page holds (%(most)d). Split it into two guides.")
        found.append(Problem(0, text % {"count": shown, "most": MOST_SHOWN}))
    return found


def _twice(blocks: list[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        key = block.value["key"]
        if key in seen:
            yield Problem(place, _("There is another step “%(key)s”.") % {"key": key})
        seen.add(key)


def _dead_ends(blocks: list[Any]) -> Iterator[Problem]:
    keys = {block.value["key"] for block in blocks}
    for place, block in enumerate(blocks):
        for key in exits(block):
            if key not in keys:
                yield Problem(place, _("A dead end: there is no step “%(key)s” to lead to.") % {"key": key})


def _loop(by_key: dict[str, Any], start: str) -> list[str]:
    """The keys of a circle, the first one again at its end; empty where there is none. Also where none can begin."""
    finished: set[str] = set()
    for first in [start, *by_key]:
        way: list[str] = []
        stack = [(first, iter(exits(by_key[first])))]
        while stack:
            key, rest = stack[-1]
            if not way or way[-1] != key:
                way.append(key)
            following = next(rest, None)
            if following is None:
                finished.add(key)
                stack.pop()
                way.pop()
            elif following in way:
                return [*way[way.index(following) :], following]
            elif following not in finished:
                stack.append((following, iter(exits(by_key[following]))))
    return []


def _out_of_reach(by_key: dict[str, Any], places: dict[str, int], start: str) -> Iterator[Problem]:
    reached, waiting = {start}, [start]
    while waiting:
        for key in exits(by_key[waiting.pop()]):
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    for key in by_key:
        if key not in reached:
            yield Problem(places[key], _("Nothing leads to this step. Let an answer lead to it, or delete it."))


def _size(by_key: dict[str, Any], key: str, known: dict[str, int]) -> int:
    if key not in known:
        known[key] = 1 + sum(_size(by_key, following, known) for following in exits(by_key[key]))
    return known[key]


def tree(steps: Any) -> Node | None:
    """The guide with every way opened; None for one that cannot be opened, such as a half-written draft."""
    blocks = [block for block in steps if block.value.get("key")]
    if not blocks or problems_of(blocks):
        return None
    by_key = {block.value["key"]: block for block in blocks}
    return _node(by_key, blocks[0].value["key"], "step")


def _node(by_key: dict[str, Any], key: str, name: str) -> Node:
    block = by_key[key]
    labels = [answer["text"] for answer in block.value["answers"]] if block.block_type == "question" else [""]
    branches = [
        (label, _node(by_key, following, f"{name}-{number}"))
        for number, (label, following) in enumerate(zip(labels, exits(block), strict=False), start=1)
    ]
    return Node(block.block_type, block.value, name, branches)
