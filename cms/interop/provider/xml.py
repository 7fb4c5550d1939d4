"""Writing XML: elements from names and texts, and nothing that XML 1.0 cannot hold."""

import re
from typing import Any

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = Any  # lxml has no types of its own


def is_writable(text: str) -> bool:
    return UNWRITABLE.search(text) is None


def plain(text: str) -> str:
    """The text without what XML 1.0 cannot hold (section 2.2: Char)."""
    return UNWRITABLE.sub("", text)


def root(tag: str, namespaces: dict[str | None, str], schema: str) -> Element:
    """A root with the place of its schema; ``tag`` is in the namespace without a prefix, or in the one it names."""
    prefix, _, name = tag.rpartition(":")
    uri = namespaces[prefix or None]
    element = etree.Element(f"{{{uri}}}{name}", nsmap=namespaces | {"xsi": XSI})
    element.set(f"{{{XSI}}}schemaLocation", f"{namespaces[prefix or None]} {schema}")
    return element


def add(parent: Element, tag: str, text: str = "", lang: str = "", **attributes: str) -> Element:
    """A child in its parent's namespace, unless ``tag`` has a prefix. Without text it is there, but empty."""
    prefix, _, name = tag.rpartition(":")
    uri = parent.nsmap[prefix] if prefix else etree.QName(parent).namespace
    child = etree.SubElement(parent, f"{{{uri}}}{name}")
    if text:
        child.text = plain(text)
    if lang:
        child.set(f"{{{XML}}}lang", lang)
    for key, value in attributes.items():
        child.set(key, plain(value))
    return child


def written(element: Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")  # type: ignore[no-any-return]
