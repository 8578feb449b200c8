"""Hostile files, each made here: what it is, its bytes, and the codes by which it may be refused."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from service.files.exporters import workbook
from service.files.exporters.table import About, ColumnHead, ExportTable
from tests.service import given

Case = tuple[str, Callable[[], bytes], frozenset[str]]

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://192.0.2.1/p"> %p;]>'
BLOWUP = f'<!DOCTYPE x [<!ENTITY a "{"h" * 50_000}">]>'
DOCTYPES = {"laughs": LAUGHS, "outside": OUTSIDE, "remote": REMOTE, "parameter": PARAMETER, "blowup": BLOWUP}
PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
UNREADABLE = frozenset({"file_broken", "no_headings", "archive_unsafe", "import_kind_unknown"})
BIG = frozenset({"unpacks_too_large", "unpacks_too_far", "too_demanding", "too_much_text"})
WIDE = frozenset({"too_many_rows", "too_many_columns", "too_many_cells"})
UNCLEAR = frozenset(
    {"unknown_encoding", "mixed_encodings", "nul_in_text", "no_headings", "import_kind_unknown", "csv_broken"}
)
JSON = frozenset({"invalid_json", "answer_unknown", "import_kind_unknown", "import_has_faults", "file_empty"})


def cases() -> list[Case]:
    """Every file by name."""
    makers = (archives, doctypes, sheets, texts, encodings, other_formats, json_files, xml_files, noise)
    return [case for maker in makers for case in maker()]


def book(**parts: bytes | str | None) -> bytes:
    """A small true workbook with some parts replaced (None: left out), by the last word of their names."""
    heads = (ColumnHead("id"), ColumnHead("기업명"))
    whole = workbook.written([ExportTable("기업", heads, (("a", "이음"),))], About("x", (), given.NOON))
    return rezipped(_parts(whole), parts)


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(held: dict[str, bytes], parts: dict[str, bytes | str | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            new = parts.get(name.rpartition("/")[2].partition(".")[0], content)
            if new is not None:
                archive.writestr(name, new)
    return out.getvalue()


def with_entry(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED, count: int = 1) -> bytes:
    """A true workbook with more entries."""
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a", method) as archive:
        for n in range(count):
            archive.writestr(name.format(n=n), content, compresslevel=1)  # hundreds of megabytes of one byte
    return out.getvalue()


def sheet(rows: str, head: str = "") -> bytes:
    """A workbook whose first sheet holds these rows."""
    top = '<?xml version="1.0"?>' + head
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return book(sheet1=f'{top}<worksheet xmlns="{name}"><sheetData>{rows}</sheetData></worksheet>')


def cell(reference: str, value: str = "id") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def archives() -> Iterator[Case]:
    """Bombs, names that lead outside, claims that are not true."""
    for size in (200, 400, 1_000):
        yield f"zip bomb {size} MB", lambda s=size: with_entry("xl/media/b.bin", b"\0" * s * 1_000_000), BIG
    yield "many middling parts", lambda: with_entry("xl/m/{n}.bin", b"ab" * 1_500_000, count=60), BIG
    yield "bomb that claims to be small", lambda: claimed(b"\0" * 300_000_000, 100), BIG | {"archive_unsafe"}
    yield "part that claims to be large", lambda: claimed(b"x" * 100, 90_000_000), BIG | {"archive_unsafe"}
    yield "part that claims one byte less", lambda: claimed(b"x" * 100, 99), frozenset({"archive_unsafe"})
    yield "overlapping parts", overlapping, BIG | UNREADABLE | {"too_many_entries"}
    for count in (501, 5_000, 60_000):
        yield f"{count} entries", lambda c=count: with_entry("x/{n}", b"", count=c), frozenset({"too_many_entries"})
    for name in ("../x.xml", "/etc/passwd", "xl/../../x", "C:/x", "xl\\x", "xl/a\0b"):
        yield f"name {name!r}", lambda n=name: renamed(n), UNREADABLE
    yield "doubled name", lambda: with_entry("xl/workbook.xml", b"<x/>"), frozenset({"archive_unsafe"})
    yield "doubled name in capitals", lambda: with_entry("XL/Workbook.xml", b"<x/>"), frozenset({"archive_unsafe"})
    for kind, content in {"zip": book(), "gzip": gzip.compress(b"x"), "7z": b"7z\xbc\xaf\x27\x1c", "ole": OLE}.items():
        yield f"nested {kind}", lambda c=content: with_entry("xl/embeddings/x.bin", c), frozenset({"archive_unsafe"})
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield f"method {method}", lambda m=method: with_entry("xl/x", b"x", m), frozenset({"archive_unsafe"})
    yield "encrypted entry", encrypted, frozenset({"archive_unsafe", "file_broken"})
    for share in (0.1, 0.5, 0.9, 0.99):
        yield f"cut at {share}", lambda s=share: book()[: int(len(book()) * s)], frozenset({"file_broken"})
    yield "only the end record", lambda: b"PK\x05\x06" + b"\0" * 18, frozenset({"file_unknown", "file_broken"})
    yield "only a local header", lambda: b"PK\x03\x04" + b"\0" * 60, frozenset({"file_broken"})
    yield "broken deflate", lambda: damaged(), UNREADABLE | {"archive_unsafe"}
    yield (
        "lying directory size",
        lambda: book()[:-10] + struct.pack("<I", 2**32 - 1) + book()[-6:],
        frozenset({"too_many_entries", "file_broken"}),
    )
    for name in ("word/document.xml", "mimetype", "META-INF/MANIFEST.MF", "Contents/section0.xml"):
        yield f"zip of {name}", lambda n=name: plain_zip(n), frozenset({"file_unknown"})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def plain_zip(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def claimed(content: bytes, size: int) -> bytes:
    """A part whose directory entry states another size than it has."""
    raw = bytearray(with_entry("xl/z.bin", content))
    real = struct.pack("<I", len(content))
    at = raw.rindex(b"xl/z.bin") - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    assert raw[at + 24 : at + 28] == real
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(raw)


def renamed(name: str) -> bytes:
    """A part under a name that the standard library would not write."""
    stand_in = "x" * len(name.encode())
    return with_entry(stand_in, b"<x/>").replace(stand_in.encode(), name.encode())


def overlapping() -> bytes:
    """Four hundred directory entries on one packed part of ten megabytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b"\0" * 10_000_000) + packed.flush()
    crc = zlib.crc32(b"\0" * 10_000_000)
    sizes = struct.pack("<III", crc, len(data), 10_000_000)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 1, 0) + b"a" + data
    entries = b""
    for n in range(400):
        name = f"xl/{n}".encode()
        fixed = struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        entries += b"PK\x01\x02" + fixed + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    return local + entries + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 400, 400, len(entries), len(local), 0)


def encrypted() -> bytes:
    raw = bytearray(book())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    return bytes(raw)


def damaged() -> bytes:
    raw = bytearray(book())
    at = raw.index(b"xl/worksheets/sheet1.xml") + 40
    raw[at : at + 60] = b"\xff" * 60
    return bytes(raw)


def doctypes() -> Iterator[Case]:
    """Entities in every part."""
    for part in PARTS:
        short = part.rpartition("/")[2].partition(".")[0]
        for name, declared in DOCTYPES.items():
            text = f'<?xml version="1.0"?>{declared}<x>&a;</x>'
            yield f"{name} in {part}", lambda s=short, t=text: book(**{s: t}), frozenset({"xml_entities"})
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<x>&j;</x>'.encode("utf-16")
    yield "laughs in UTF-16", lambda: book(sheet1=wide), frozenset({"xml_entities"})


def sheets() -> Iterator[Case]:
    """Cells far away, rows without end, structures without sense."""
    first = f"<row>{cell('A1')}{cell('B1', '기업명')}</row>"
    for reference in ("XFD1", "A1048576", "XFD1048576", "A9999999", "ZZZ2", "GS20000"):
        yield f"one cell at {reference}", lambda r=reference: sheet(f"{first}<row>{cell(r)}</row>"), WIDE | UNREADABLE
    for reference in ("A0", "1A", "AAAA1", "a1", "A-1", "A1:B2", "Ａ1", "A²"):
        yield f"no cell {reference}", lambda r=reference: sheet(f"{first}<row>{cell(r)}</row>"), UNREADABLE
    for row in ("-1", "0x2", "9" * 30, "²", "1e9"):
        yield f"row {row}", lambda r=row: sheet(f'{first}<row r="{r}">{cell("A2")}</row>'), UNREADABLE
    yield (
        "a million rows",
        lambda: sheet(first + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 1_000_000))),
        WIDE | BIG,
    )
    yield "a million unnamed rows", lambda: sheet("<row><c><v>1</v></c></row>" * 1_000_000), WIDE | BIG
    yield "a million cells in a row", lambda: sheet("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"), WIDE | BIG
    yield "sixteen thousand columns", lambda: sheet("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"), WIDE
    yield "a rectangle of four million", lambda: sheet(f"{first}<row>{cell('GR20000')}</row>"), WIDE
    yield "deep nesting", lambda: sheet("<a>" * 100_000 + "</a>" * 100_000), UNREADABLE
    yield "unclosed", lambda: sheet("<row><c>"), UNREADABLE
    yield "a huge attribute", lambda: sheet(f'<row r="1" x="{"y" * 20_000_000}"/>'), UNREADABLE | BIG
    yield "no workbook", lambda: book(workbook=None), UNREADABLE
    yield "no sheet", lambda: book(sheet1=None), UNREADABLE
    yield "no shared strings", lambda: book(sharedStrings=None), UNREADABLE
    yield "no content types", lambda: rezipped({"xl/workbook.xml": b"<x/>"}, {}), frozenset({"file_unknown"})
    yield "another root", lambda: book(workbook="<html/>"), UNREADABLE
    yield "a string that is not there", lambda: sheet('<row><c r="A1" t="s"><v>99999999</v></c></row>'), UNREADABLE
    yield "a string of negative number", lambda: sheet('<row><c r="A1" t="s"><v>-1</v></c></row>'), UNREADABLE
    yield "a style that is not there", lambda: sheet('<row><c r="A1" s="99999"><v>1</v></c></row>'), UNREADABLE
    yield "a date beyond the calendar", lambda: sheet('<row><c r="A1" s="6"><v>1e308</v></c></row>'), UNREADABLE
    yield "one long text told often", amplified, BIG
    yield "shared texts without end", lambda: shared("<si><t>" + "x" * 60_000_000 + "</t></si>"), BIG | UNREADABLE
    yield "many shared texts", lambda: shared("<si><t>x</t></si>" * 3_000_000), BIG | UNREADABLE
    yield "no headings", lambda: sheet(f"<row>{cell('A1', 'x')}</row>"), frozenset({"no_headings"})
    yield (
        "the same heading twice",
        lambda: sheet(f"<row>{cell('A1')}{cell('B1', '기업명')}{cell('C1', '상호')}</row>"),
        frozenset({"duplicate_heading"}),
    )


def shared(strings: str) -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return book(sharedStrings=f'<?xml version="1.0"?><sst xmlns="{name}">{strings}</sst>')


def amplified() -> bytes:
    """Thirty kilobytes that twenty thousand cells refer to: six hundred megabytes of text."""
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f"<row>{cell('A1')}{cell('B1', '기업명')}</row>"
    rows = "".join(
        f'<row r="{n}">{cell(f"A{n}", str(n))}<c r="B{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_000)
    )
    text = "".join(random.Random(1).choices("abcdefgh", k=30_000))
    strings = f'<?xml version="1.0"?><sst xmlns="{name}"><si><t>{text}</t></si></sst>'
    body = f'<?xml version="1.0"?><worksheet xmlns="{name}"><sheetData>{head}{rows}</sheetData></worksheet>'
    return book(sharedStrings=strings, sheet1=body)


def texts() -> Iterator[Case]:
    """CSV that goes on, or never ends a quote."""
    head = "id,기업명\n"
    yield "twenty thousand rows and one", lambda: (head + "".join(f"{n},x\n" for n in range(20_001))).encode(), WIDE
    yield "a million lines of CSV", lambda: (head + "1,x\n" * 1_000_000).encode(), WIDE
    yield "two hundred and one columns", lambda: (head[:-1] + ",x" * 200 + "\n1\n").encode(), WIDE
    yield "a row of a million cells", lambda: (head + "1," * 1_000_000 + "\n").encode(), WIDE
    yield "an open quote over all", lambda: (head + '1,"' + "x\n" * 5_000_000).encode(), UNCLEAR | BIG
    yield "quotes without end", lambda: (head + '"' * 9_999_999).encode(), UNCLEAR | BIG
    yield "one endless line", lambda: b"x" * 19_000_000, UNCLEAR | BIG
    yield "commas alone", lambda: b"," * 19_000_000, UNCLEAR | WIDE | BIG
    yield "line breaks alone", lambda: b"\n" * 19_000_000, frozenset({"file_empty"})
    yield (
        "a cell of two million letters",
        lambda: (head + "1," + "가" * 2_000_000 + "\n").encode(),
        frozenset({"import_has_faults"}),
    )
    yield (
        "a number of a million digits",
        lambda: ("id,직원 수\n1," + "9" * 1_000_000 + "\n").encode(),
        frozenset({"import_has_faults"}),
    )
    yield (
        "brackets without end",
        lambda: ("id,보유 기술\n1,[" + "[" * 1_000_000 + "\n").encode(),
        frozenset({"import_has_faults"}),
    )
    yield (
        "a history without end",
        lambda: ('id,지원 이력\n1,"' + "a 2025 " * 100_000 + '"\n').encode(),
        frozenset({"import_has_faults"}),
    )
    yield (
        "an amount of endless parts",
        lambda: ("id,매출액\n1," + "1억" * 100_000 + "\n").encode(),
        frozenset({"import_has_faults"}),
    )
    yield "control letters in an id", lambda: "id,기업명\na\x1b[2J,x\n".encode(), frozenset({"import_has_faults"})
    yield "no ids", lambda: "기업명,지역\nx,y\n".encode(), frozenset({"no_headings"})
    yield "nothing but headings twice", lambda: "id,상호,기업명\n".encode(), frozenset({"duplicate_heading"})


def encodings() -> Iterator[Case]:
    """Letters that can't be told with certainty."""
    korean = ("id,기업명\n" + "".join(f"{n},이음 {n}\n" for n in range(50))).splitlines(keepends=True)
    for at in (1, 5, 25, 49):
        mixed = b"".join(line.encode("utf-8" if n < at else "cp949") for n, line in enumerate(korean))
        yield f"cp949 from line {at}", lambda m=mixed: m, frozenset({"mixed_encodings"})
        turned = b"".join(line.encode("cp949" if n < at else "utf-8") for n, line in enumerate(korean))
        yield f"utf-8 from line {at}", lambda m=turned: m, frozenset({"mixed_encodings"})
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        yield f"mark {mark.hex()} before cp949", lambda m=mark: m + "".join(korean).encode("cp949") + b"x", UNCLEAR
    for name, text in {
        "shift_jis": "日本語の会社名と紹介文",
        "gb18030": "简体中文的公司名称和介绍",
        "big5": "繁體中文的公司名稱",
        "latin-1": "Société générale à Genève",
        "cp1251": "Российская компания и описание",
        "utf-32": "이음",
        "johab": "이음이음 한국어 소개",
        "utf-7": "이음",
    }.items():
        raw = "id,이름\n".encode("ascii", "ignore") + f"a,{text}\n".encode(name)
        yield f"in {name}", lambda r=raw: r, UNCLEAR | {"import_has_faults"}
    for at in (0, 4, 12):
        raw = bytearray("".join(korean).encode())
        raw.insert(at, 0)
        yield f"NUL at {at}", lambda r=bytes(raw): r, frozenset({"nul_in_text"})
    yield "NUL in UTF-16", lambda: b"\xff\xfe" + "id,기업명\na,x\0y\n".encode("utf-16-le"), frozenset({"nul_in_text"})
    yield "half a letter of UTF-16", lambda: b"\xff\xfe" + "id,기업명\na,이음\n".encode("utf-16-le")[:-1], UNCLEAR
    yield "a lone surrogate of UTF-16", lambda: b"\xff\xfei\0d\0,\0" + b"\x00\xd8" * 3 + b"\n\0", UNCLEAR
    yield (
        "letters that were lost before",
        lambda: "id,기업명\na,\ufffd\ufffd\n".encode(),
        frozenset({"import_has_faults"}),
    )


def other_formats() -> Iterator[Case]:
    """What is no table at all."""
    beginnings = {
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        "png": b"\x89PNG\r\n\x1a\n",
        "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "gif": b"GIF89a\x01\0\x01\0",
        "elf": b"\x7fELF\x02\x01\x01\0",
        "exe": b"MZ\x90\0\x03\0",
        "ole": OLE,
        "gzip": gzip.compress(b"id,name\n1,x\n"),
        "bzip2": bz2.compress(b"id,name\n"),
        "xz": lzma.compress(b"id\n"),
        "7z": b"7z\xbc\xaf\x27\x1c",
        "rar": b"Rar!\x1a\x07\0",
        "sqlite": b"SQLite format 3\0",
        "class": b"\xca\xfe\xba\xbe",
        "mp4": b"\0\0\0\x18ftypmp42",
        "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
        "tar": b"x\0" * 128 + b"ustar\0",
        "hwp3": b"HWP Document File V3.00 \x1a\x01",
        "pickle": b"\x80\x04\x95\x10\0\0\0\0\0\0\0\x8c",
        "parquet": b"PAR1\x15\x04",
    }
    allowed = UNCLEAR | {"file_unknown", "file_old_office", "file_empty", "file_hwp"}
    for name, beginning in beginnings.items():
        yield f"a {name} file", lambda b=beginning: b + b"\x00\x01\x02" * 100, allowed
    yield "HTML", lambda: b"<!DOCTYPE html><html><body>x</body></html>", frozenset({"html_without_table"})
    yield "nothing", lambda: b"", frozenset({"file_empty"})


def json_files() -> Iterator[Case]:
    """JSON that nests, doubles, overflows or is none."""
    texts = {
        "deep lists": "[" * 100_000,
        "deep objects": '{"a":' * 100_000,
        "deep and closed": "[" * 5_000 + "]" * 5_000,
        "open": '{"id": "a"',
        "a number": '{"id": 1e999}',
        "not a number": '{"id": NaN}',
        "infinite": '{"id": Infinity}',
        "doubled": '{"id": "a", "id": "b"}',
        "a lone surrogate": '{"id": "\\ud800", "needs": []}',
        "an id of a NUL": '{"id": "a\\u0000b", "needs": []}',
        "a list in a list": "[[1]]",
        "a list of numbers": "[1, 2]",
        "an empty answer": '{"data": []}',
        "an answer of numbers": '{"data": [1]}',
        "wrapped without end": '{"data":' * 60 + "1" + "}" * 60,
        "an error": '{"resultCode": "30", "resultMsg": "SERVICE KEY IS NOT REGISTERED"}',
        "a notice without a number": '{"jsonArray": [{"pblancNm": "x"}]}',
        "an unknown key": '{"id": "a", "needs": [], "colour": "red"}',
        "another type": '{"id": ["a"], "needs": {}}',
        "a huge integer": '{"id": "a", "employees": ' + "9" * 5_000 + "}",
        "an unknown stage": '{"id": "a", "stage": "huge"}',
        "millions of objects": "[" + "{}," * 5_000_000 + "{}]",
        "millions of lists": "[" + "[]," * 5_000_000 + "[]]",
        "a million lines": '{"id": "a", "needs": []}\n' * 400_000,
    }
    for name, text in texts.items():
        codes = {"service_error"} if name == "an error" else JSON | BIG | WIDE
        yield f"JSON: {name}", lambda t=text: t.encode(), frozenset(codes)


def xml_files() -> Iterator[Case]:
    """XML answers with entities, depth or nothing."""
    for name, declared in DOCTYPES.items():
        text = f'<?xml version="1.0"?>{declared}<rss><item><title>&a;</title></item></rss>'
        yield f"XML: {name}", lambda t=text: t.encode(), frozenset({"xml_entities"})
    yield "XML: laughs in UTF-16", lambda: f"{LAUGHS}<x>&j;</x>".encode("utf-16"), frozenset({"xml_entities"})
    allowed = frozenset({"file_broken", "answer_unknown", "file_empty", "too_many_rows", "import_has_faults"}) | BIG
    texts = {
        "deep": "<a>" * 100_000,
        "open": "<rss><item>",
        "empty": "<rss/>",
        "no item": "<rss><x>1</x></rss>",
        "a million items": "<r>" + "<item><seq>1</seq></item>" * 500_000 + "</r>",
        "a huge attribute": f'<r a="{"x" * 15_000_000}"/>',
        "an unknown entity": "<r>&nope;</r>",
        "an error": "<OpenAPI_ServiceResponse><returnReasonCode>30</returnReasonCode></OpenAPI_ServiceResponse>",
        "a notice without a number": "<rss><item><pblancNm>x</pblancNm></item></rss>",
    }
    for name, text in texts.items():
        yield f"XML: {name}", lambda t=text: t.encode(), allowed


def noise() -> Iterator[Case]:
    """Bytes drawn by chance, and true files with bytes changed by chance."""
    anything = (
        UNREADABLE
        | UNCLEAR
        | BIG
        | WIDE
        | JSON
        | {"file_unknown", "file_old_office", "too_many_entries", "xml_entities", "duplicate_heading"}
    )
    for seed in range(8):
        yield f"noise {seed}", lambda s=seed: random.Random(s).randbytes(50_000), anything
    yield "noise behind a zip's name", lambda: b"PK\x03\x04" + random.Random(9).randbytes(50_000), anything
    yield "noise behind JSON's", lambda: b"{" + random.Random(9).randbytes(50_000), anything
    yield "a JSON list of noise", lambda: json.dumps(list(random.Random(9).randbytes(5_000))).encode(), anything
