"""Answers of public services, and lists of our own records, as JSON or XML: which they are, and their items."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from service.files.importers import limits
from service.files.importers.refusal import Refusal

Items = list[dict[str, Any]]

KEYS = {
    "kstartup": {"pbanc_sn", "supt_biz_titl_nm"},
    "bizinfo": {"pblancId", "pblancNm", "seq", "reqstDt", "itemId"},
    "json": {"id"},
}
"""What the items of each format hold, the first that fits; `json` are records of our own."""


def of_json(text: str) -> tuple[str, Items] | None:
    """The format and items of one JSON value; None where it is JSON lines instead. Raises Refusal."""
    first = text.lstrip().partition("\n")[0]
    if _is_record(first):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal("invalid_json") from None
    return _named(_items(value))


def of_xml(text: str) -> tuple[str, Items]:
    """The format and items of an XML answer; raises Refusal, at once where it declares a document type."""
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuses
    parser.StartElementHandler, parser.EndElementHandler = reader.begins, reader.ends
    parser.CharacterDataHandler = reader.says
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError:
        raise Refusal("file_broken") from None
    return _named(reader.items)


def _is_record(line: str) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not {"data", "jsonArray", "response"} & value.keys()


def _items(value: Any) -> Items:
    """The list inside an answer's wrapping: `data`, `jsonArray` as a list or as an object with `item`, or the list."""
    for _ in range(limits.MOST_LEVELS):
        if not isinstance(value, Mapping):
            break
        inner = [value[key] for key in ("data", "jsonArray", "item", "items", "body", "response") if key in value]
        if not inner:
            value = [value]
            break
        value = [inner[0]] if _is_item(inner[0]) else inner[0]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refusal("answer_unknown")
    return value


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and any(value.keys() & KEYS[public] for public in ("kstartup", "bizinfo"))


def _named(items: Items) -> tuple[str, Items]:
    if not items:
        raise Refusal("file_empty")
    keys = {key for item in items[:100] for key in item}
    form = next((form for form, own in KEYS.items() if keys & own), None)
    if form is None:
        raise Refusal("answer_unknown")
    return form, items


class _Reader:
    """Collects the `item` elements: children by name, or `col` elements by their attribute `name`."""

    def __init__(self) -> None:
        self.items: Items = []
        self._depth = self._field_depth = 0
        self._item: dict[str, Any] | None = None
        self._field = ""
        self._texts: list[str] = []

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > limits.MOST_LEVELS:
            raise Refusal("file_broken")
        if len(self.items) > limits.MOST_ROWS:
            raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
        if tag == "item":
            self._item = {}
        elif self._item is not None and not self._field:
            self._field = attributes.get("name", tag) if tag == "col" else tag
            self._field_depth, self._texts = self._depth, []

    def says(self, text: str) -> None:
        """Text inside an element."""
        if self._field:
            self._texts.append(text)

    def ends(self, tag: str) -> None:
        """An element ends."""
        if tag == "item" and self._item is not None and not self._field:
            self.items.append(self._item)
            self._item = None
        elif self._item is not None and self._depth == self._field_depth:
            self._item[self._field] = "".join(self._texts).strip()
            self._field, self._field_depth = "", 0
        self._depth -= 1

    def refuses(self, *_: object) -> None:
        """A document type or an entity is declared."""
        raise Refusal("xml_entities")
