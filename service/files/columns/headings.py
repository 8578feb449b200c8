"""How a table heads its columns: the field that a heading names, and what its remarks make of the values below."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from model.fields import Field, Holds
from model.text import names
from service.files.columns.column import Columns, folded

_BRACKETED = re.compile(r"[(\[{【〔<]([^()\[\]{}【】〔〕<>]*)[)\]}】〕>]")
_TOKENS = re.compile(r"[,;/·|]|\s및\s")
_UNIT_WORD = re.compile(r"^단위\s*:?\s*")
_YEAR = r"(?:'?\d{2}|(?:19|20)\d{2})년?도?"
_PERIOD = re.compile(
    rf"{_YEAR}(?:[-.~\s]*{_YEAR})?(?:[-.\s]*\d{{1,2}}월?(?:[-.\s]*\d{{1,2}}일?)?)?[.\s]*(?:말|현재|기준|결산|실적)?"
    r"|(?:최근|전년도?|직전|직전년도|당해|금년|현재|기준일?|연도|1년)(?:\s*\S{0,6})?"
)
"""Of when a figure is: the figure stays what it is, and the remark is told."""

_LEADING_PERIOD = re.compile(rf"(?:{_YEAR}|최근|직전년도|전년도)\s*(?=\D)")
_NEUTRAL = re.compile(
    r"필수|선택|택\s?1|(?:필수|선택)\s?(?:입력|항목|사항)|해당\s?시(?:\s?\S{2,4})?|있을\s?경우|(?:복수|중복)\s?\S{2}(?:\s?가능)?"
    r"|숫자만?(?:\s?입력)?|텍스트|\d+자리?\s?(?:이내|내외|이하)?|.{0,2}-.{0,2}\s?(?:없이|제외|포함)|하이픈\s?(?:없이|제외|포함)"
    r"|(?:예시?|ex)\s?[:.)].*|y{2,4}\W?mm?\W?(?:dd?)?|연\W?월\W?일|년\W?월\W?일|국문|한글|korean|10차|11차|제1[01]차|ksic|코드"
    r"|y/n|o/x|예/아니[오요]|[*※\s]*",
    re.IGNORECASE,
)
_OF_FIELD = {
    Holds.PLACE: re.compile(
        r"본점|본사|주사무소|등기부?(?:등본)?상?|사업자등록증\s?상?|시도|시군구|시·?도|도로명|지번"
    ),
    Holds.DAY: re.compile(
        r"개업일?|개업연월일|법인설립등기일|회사성립연월일|사업자등록증\s?상?|등기부?(?:등본)?\s?상?"
    ),
    Holds.COUNT: re.compile(r"명|인|개|개사|사|건|4대\s?보험(?:\s?가입자?)?|상시"),
    Holds.YEARS: re.compile(r"년|이내"),
    Holds.CLOCK: re.compile(r"24시간제?|24h"),
    Holds.POINTS: re.compile(r"점|(?:100\s?점\s?)?만점"),
    Holds.WON: re.compile(r"(?:부가세|vat)\s?(?:별도|제외|미포함)", re.IGNORECASE),
}
"""Remarks that say of a kind of value what it is anyway."""

_FREE = frozenset({"summary", "summary_en", "demand", "technologies", "source"})
"""In these texts a remark on the heading changes nothing about what a cell says."""

_UNITS = {
    name: size
    for size, spelled in (
        (1, "원 krw won 대한민국원"),
        (1_000, "천 천원 thousandwon krwthousand"),
        (10_000, "만 만원"),
        (1_000_000, "백만 백만원 millionwon krwmillion krwm"),
        (10_000_000, "천만 천만원"),
        (100_000_000, "억 억원"),
        (1_000_000_000, "십억 십억원 billionwon krwbillion"),
        (1_000_000_000_000, "조 조원"),
    )
    for name in spelled.split()
}
_TRAILING_UNIT = re.compile(
    rf"(.+?)[\s_,:-]+(?:단위\s*:?\s*)?({'|'.join(sorted(_UNITS, key=len, reverse=True))})", re.I
)
_SCALED_COUNT = re.compile(r"(?:백|천|만)\s?(?:명|인|개사|개|곳|건)")
_FOREIGN = re.compile(r"usd|\$|달러|eur|유로|jpy|엔화?|cny|rmb|위안화?|vnd|gbp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as a table heads it; amounts below count in `unit` won (None: the heading doesn't say).

    `remark` is what the heading says besides; where `is_clear` is false it may change what the values mean, so that
    they are not taken for the column's.
    """

    column: Field
    unit: int | None = None
    remark: str = ""
    is_clear: bool = True


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column as a preview shows it: heading, field, unit, why it is not read, the likeliest field, first values."""

    heading: str
    place: str
    field: str | None = None
    unit: int | None = None
    why: str = ""
    suggested: str | None = None
    samples: tuple[str, ...] = ()


def read(text: str, columns: Columns) -> Heading | None:
    """Find the column that a heading names, whatever its case, blanks and marks; None if it names none of them.

    >>> from service.files.columns.names import columns
    >>> read("매출액(2025년, 백만원)", columns("startups")).unit, read("소재지(공장)", columns("startups")).is_clear
    (1000000, False)
    """
    shown = names.visible(text)
    whole = columns.spelled.get(folded(shown))
    if whole:
        return Heading(whole)
    bare, remarks = _BRACKETED.sub(" ", shown), [remark.strip() for remark in _BRACKETED.findall(shown)]
    for form in (bare, _LEADING_PERIOD.sub("", bare, count=1)):
        trailing = _TRAILING_UNIT.fullmatch(form.strip())
        for name, more in ((form, []), *([(trailing[1], [trailing[2]])] if trailing else [])):
            column = columns.spelled.get(folded(name))
            if column:
                leading = [] if form == bare else [bare[: len(bare) - len(form)].strip()]
                return _remarked(column, [*leading, *remarks, *more])
    return None


def unit_of(remark: str) -> tuple[int | None, bool]:
    """The won that a remark such as `(단위: 백만원, 명)` makes one of; and whether it names a currency that is not won.

    >>> unit_of("(단위 : 백만원, 명)"), unit_of("단위: USD")
    ((1000000, False), (None, True))
    """
    sizes = {_UNITS[token] for token in map(folded, _tokens(remark.strip("()[]{} "))) if token in _UNITS}
    return (next(iter(sizes)) if len(sizes) == 1 else None), len(sizes) > 1 or bool(_FOREIGN.search(remark))


def with_unit(heading: Heading, unit: int | None, *, is_foreign: bool, remark: str) -> Heading:
    """The heading under a remark of the whole table: it holds for amounts whose own heading says no unit.

    Numbers of people or firms under `(단위: 천명)` are not clear, since few tables count all of them so.
    """
    if heading.column.holds is Holds.COUNT and _SCALED_COUNT.search(remark):
        return replace(heading, remark=remark, is_clear=False)
    if heading.column.holds is not Holds.WON or heading.unit is not None or not (unit or is_foreign):
        return heading
    return replace(heading, unit=unit, remark=remark if is_foreign else heading.remark, is_clear=not is_foreign)


def suggested(text: str, columns: Columns) -> Field | None:
    """The column whose name is nearest to a heading that names none; None where none is near.

    >>> from service.files.columns.names import columns
    >>> suggested("신청기업명칭", columns("startups")).name
    'name'
    """
    word = folded(_BRACKETED.sub("", names.visible(text)))
    if len(word) < 2:
        return None
    inside = [known for known in columns.spelled if len(known) > 1 and known in word]
    near = [max(inside, key=len)] if inside else difflib.get_close_matches(word, list(columns.spelled), 1, 0.7)
    return columns.spelled[near[0]] if near else None


def _remarked(column: Field, remarks: Iterable[str]) -> Heading:
    units: list[int] = []
    untold: list[str] = []
    is_clear = True
    for remark in remarks:
        for part in [remark] if _NEUTRAL.fullmatch(remark) else _tokens(remark):
            unit = _UNITS.get(folded(part)) if column.holds is Holds.WON else None
            own = _OF_FIELD.get(column.holds)
            if unit:
                units.append(unit)
            elif not (_NEUTRAL.fullmatch(part) or (own and own.fullmatch(part))):
                untold.append(part)
                is_clear = is_clear and bool(_PERIOD.fullmatch(part) or column.name in _FREE)
    return Heading(column, units[0] if units else None, ", ".join(untold), is_clear and len(set(units)) < 2)


def _tokens(remark: str) -> Iterator[str]:
    return (token for part in _TOKENS.split(_UNIT_WORD.sub("", remark)) if (token := _UNIT_WORD.sub("", part.strip())))
