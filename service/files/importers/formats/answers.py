"""Answers of public services, and lists of our own records, as JSON or XML: which they are, and their items."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.parsers import expat

from model.faults import shown
from service.files.importers import limits
from service.files.importers.formats.json_lines import UNREADABLE
from service.files.importers.refusal import Refusal

Items = list[dict[str, Any]]

KEYS = {
    "certificates": {"confmdoc_isu_no", "confmdoc_expr_dt"},
    "kstartup": {"pbanc_sn", "supt_biz_titl_nm"},
    "bizinfo": {"pblancId", "pblancNm", "seq", "reqstDt", "itemId"},
    "json": {"id"},
}
"""What the items of each format hold, the first that fits; `json` are records of our own."""

WRAPPING = ("data", "jsonArray", "item", "items", "body", "response")
_ABOUT = frozenset({"header", "cmmMsgHeader", "pageNo", "numOfRows", "currentCount", "page", "perPage", "pageIndex"})
"""What services say of an answer beside its items."""

_TOTALS = ("totalCount", "totCnt", "matchCount")
_FINE = {"", "0", "00", "000", "0000", "INFO-000", "INFO-0", "200", "SUCCESS", "OK"}
_REASONS = ("returnReasonCode", "resultCode", "code", "errCd")
_MESSAGES = ("returnAuthMsg", "resultMsg", "errMsg", "msg", "message")


@dataclass(frozen=True, slots=True)
class ListedItems:
    """The form of an answer, its items, and how many the service says there are (0: it doesn't say)."""

    form: str
    items: Items
    total: int = 0
    beside: tuple[str, ...] = ()
    """Keys of the wrapping that no service uses, so that nobody reads them."""


def of_json(text: str) -> ListedItems | None:
    """The answer that one JSON value is, however it is laid out; None where it is JSON lines. Raises Refusal."""
    try:
        value = json.loads(text, parse_constant=_constant, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        if _is_object(text.lstrip().partition("\n")[0]):
            return _of_lines(text)
        raise Refusal("invalid_json") from None
    _refuse_error(dict(_figures(value)))
    items = _items(value)
    if items and items[0] is value and "\n" not in text.strip() and not _is_public(value):
        return None
    return replace(_named(items, value), beside=tuple(_beside(value, items)))


def of_xml(text: str) -> ListedItems:
    """The answer that an XML document is; raises Refusal, at once where it declares a document type."""
    reader = _ItemReader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuses
    parser.StartElementHandler, parser.EndElementHandler = reader.begins, reader.ends
    parser.CharacterDataHandler = reader.says
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError:
        raise Refusal("file_broken") from None
    _refuse_error(reader.outside)
    return _named(reader.items, reader.outside)


def _constant(name: str) -> None:
    """NaN is how a data frame writes that nothing is known; the others are no values at all."""
    if name != "NaN":
        raise ValueError(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one whose key stands twice says so, since one of the two values would be lost."""
    unique = dict(pairs)
    if len(unique) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        unique[UNREADABLE] = ["duplicate_key", twice[:60], shown(unique[twice])]
    return unique


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_public(item: Mapping[str, Any]) -> bool:
    return any(item.keys() & KEYS[public] for public in ("kstartup", "bizinfo"))


def _of_lines(text: str) -> ListedItems | None:
    """Notices of a service, one a line; None where the lines are records of our own. Raises Refusal."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not _is_public(json.loads(lines[0])):
        return None
    try:
        items = [json.loads(line, parse_constant=_constant, object_pairs_hook=_object) for line in lines]
    except (ValueError, RecursionError):
        raise Refusal("invalid_json") from None
    return _named(_items(items), None)


def _beside(value: Any, items: Items) -> Iterator[str]:
    """Every key in the wrapping of an answer that nothing reads and that holds anything."""
    known = {*WRAPPING, *_TOTALS, *_REASONS, *_MESSAGES, *_ABOUT}
    for _ in range(limits.MOST_LEVELS):
        if not isinstance(value, Mapping) or (items and items[0] is value):
            return
        yield from (key for key, held in value.items() if key not in known and held not in (None, "", [], {}))
        value = next((value[key] for key in WRAPPING if key in value), None)


def _items(value: Any) -> Items:
    """The list inside an answer's wrapping: `data`, `jsonArray` as a list or as an object with `item`, or the list."""
    for _ in range(limits.MOST_LEVELS):
        if not isinstance(value, Mapping):
            break
        inner = [value[key] for key in WRAPPING if key in value]
        if len([nested for nested in inner if isinstance(nested, list) and nested]) > 1:
            raise Refusal("answer_unknown")
        if not inner or _is_public(value):
            value = [value]
            break
        value = inner[0]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refusal("answer_unknown")
    return value


def _figures(value: Any) -> Iterator[tuple[str, str]]:
    """Every single value in the wrapping of an answer, by its key."""
    for _ in range(limits.MOST_LEVELS):
        if not isinstance(value, Mapping):
            return
        more = [part for key in ("header", "cmmMsgHeader") if isinstance(part := value.get(key), Mapping)]
        for part in (value, *more):
            yield from (
                (str(key), str(field_value)) for key, field_value in part.items() if isinstance(field_value, str | int)
            )
        value = next((value[key] for key in ("OpenAPI_ServiceResponse", *WRAPPING) if key in value), None)


def _refuse_error(figures: Mapping[str, str]) -> None:
    """A service that answers with an error says so in its own words."""
    code = next((figures[name] for name in _REASONS if name in figures), "")
    message = next((figures[name] for name in _MESSAGES if name in figures), "")
    if code.upper() not in _FINE and message:
        raise Refusal("service_error", reason=code[:40], message=message[:200])


def _named(items: Items, wrapping: Any) -> ListedItems:
    if not items:
        raise Refusal("file_empty")
    keys = {key for item in items[:100] for key in item}
    form = next((form for form, own in KEYS.items() if keys & own), None)
    if form is None:
        raise Refusal("answer_unknown")
    figures = dict(_figures(wrapping))
    totals = [figures.get(name, "") for name in _TOTALS] if form != "json" else []
    return ListedItems(form, items, next((int(t) for t in totals if t.isascii() and t.isdigit() and len(t) < 9), 0))


class _ItemReader:
    """Collects the `item` elements, children by name or `col` elements by their `name`, and what is outside."""

    def __init__(self) -> None:
        self.items: Items = []
        self.outside: dict[str, str] = {}
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
        if tag == "item" and not self._field:
            self._item = dict(attributes)
        elif self._item is not None and not self._field:
            self._field = attributes.get("name", tag) if tag == "col" else tag
            self._field_depth = self._depth
            # what stands in an attribute is nobody's field, but must be told
            stated = ((name, value) for name, value in attributes.items() if value and (tag, name) != ("col", "name"))
            self._item |= {f"{self._field} {name}": value for name, value in stated}
        if self._item is None or self._depth == self._field_depth:
            self._texts = []

    def says(self, text: str) -> None:
        """Text inside an element."""
        if self._field or self._item is None:
            self._texts.append(text)

    def ends(self, tag: str) -> None:
        """An element ends; one that an item holds twice is joined."""
        text = "".join(self._texts).strip()
        if tag == "item" and self._item is not None and not self._field:
            self.items.append(self._item)
            self._item, self._texts = None, []
        elif self._item is not None and self._depth == self._field_depth:
            before = self._item.get(self._field)
            self._item[self._field] = f"{before}, {text}" if before and text else before or text
            self._field, self._field_depth = "", 0
        elif self._item is None:
            if text:
                self.outside.setdefault(tag, text)
            self._texts = []
        self._depth -= 1

    def refuses(self, *_: object) -> None:
        """A document type or an entity is declared."""
        raise Refusal("xml_entities")
