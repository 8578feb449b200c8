"""A snapshot is read whole or refused with file, line, field and value of every fault."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.domain import Outcome, OutcomeKind, Program, Snapshot, Startup
from model.faults import BadData
from model.snapshot import folder as snapshot
from tests.support import bundled, records
from tests.support.effort import SOME

CREATED = datetime(2026, 11, 1, tzinfo=UTC)
GOOD = Snapshot(
    (Startup("s-1", summary="스마트팜 로봇"), Startup("s-2")),
    (Program("p-1"), Program("p-2")),
    (Outcome("s-1", "p-1", OutcomeKind.SELECTED),),
)
LINES = {"startups.jsonl": '{"id": "s-1"}', "programs.jsonl": '{"id": "p-1"}'}
FILES = tuple(LINES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good snapshot without an index, so that its files may be changed."""
    snapshot.write(tmp_path, GOOD, created_at=CREATED)
    (tmp_path / "snapshot.json").unlink()
    return tmp_path


def refused(folder):
    with pytest.raises(BadData) as found:
        snapshot.read(folder)
    str(found.value).encode()
    assert all(fault.sentence(language) for fault in found.value.faults for language in ("ko", "en"))
    return [(fault.code, fault.file, fault.line, fault.field) for fault in found.value.faults]


def readable(folder):
    try:
        return bool(snapshot.read(folder))
    except BadData:
        return False


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


@SOME
@given(records.snapshots())
def test_a_snapshot_written_and_read_is_the_same_snapshot(tmp_path_factory, kept):
    folder = tmp_path_factory.mktemp("snapshot")

    written = snapshot.write(folder, kept, created_at=CREATED)

    assert snapshot.read(folder) == written
    assert (written.startups, written.programs, written.outcomes) == (kept.startups, kept.programs, kept.outcomes)


@SOME
@given(records.snapshots(), records.snapshots())
def test_a_digest_tells_snapshots_apart(tmp_path_factory, one, other):
    digests = [
        snapshot.write(tmp_path_factory.mktemp("snapshot"), kept, created_at=CREATED).digest for kept in (one, other)
    ]

    assert (digests[0] == digests[1]) == (one == other)


def test_a_digest_does_not_depend_on_when_the_snapshot_was_made(tmp_path):
    first = snapshot.write(tmp_path / "a", GOOD, created_at=CREATED)
    second = snapshot.write(tmp_path / "b", GOOD, created_at=datetime(2027, 1, 1, tzinfo=UTC))

    assert first.digest == second.digest


def test_the_bundled_data_survives_a_snapshot(tmp_path):
    written = snapshot.write(tmp_path, bundled.whole(), created_at=CREATED)

    assert snapshot.read(tmp_path) == written


def test_outcomes_may_be_absent(folder):
    (folder / "outcomes.csv").unlink()

    assert snapshot.read(folder).outcomes == ()


def test_a_folder_without_an_index_is_read_and_says_so(folder):
    assert snapshot.read(folder).startups == GOOD.startups
    assert not snapshot.has_index(folder)


BAD_LINES = [
    ("", "{", "not_json", ""),
    ("a list", "[1]", "not_json", ""),
    ("a bare word", "startup", "not_json", ""),
    ("two objects", '{"id": "x"} {"id": "y"}', "not_json", ""),
    ("NaN", '{"id": "x", "seats": NaN}', "not_json", ""),
    ("infinity", '{"id": "x", "seats": -Infinity}', "not_json", ""),
    ("single quotes", "{'id': 'x'}", "not_json", ""),
    ("a control character", '{"id": "x\x01"}', "not_json", ""),
    ("a doubled key", '{"id": "x", "id": "y"}', "duplicate_key", "id"),
    ("a number without end", '{"id": "x", "seats": ' + "9" * 5_000 + "}", "not_json", ""),
    ("an unknown key", '{"id": "x", "colour": 1}', "unknown_key", "colour"),
    ("an unknown key that can't be printed", '{"id": "x", "\\ud800": 1}', "unknown_key", "�"),
    ("a doubled key that can't be printed", '{"\\ud800": 1, "\\ud800": 1}', "duplicate_key", "�"),
    ("no id", '{"name": "x"}', "missing", "id"),
    ("a lone surrogate", '{"id": "x", "name": "\\udfff"}', "bad_text", "name"),
    ("a NUL", '{"id": "x", "summary": "a\\u0000b"}', "bad_text", "summary"),
    ("a wrong type", '{"id": "x", "technologies": "AI"}', "not_list", "technologies"),
    ("a mark of byte order inside", '\ufeff{"id": "x"}', "not_json", ""),
]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("line", "code", "field"), [bad[1:] for bad in BAD_LINES], ids=[bad[0] for bad in BAD_LINES])
def test_a_bad_line_is_refused_with_its_file_line_and_field(folder, file, line, code, field):
    write(folder / file, f"{LINES[file]}\n\n{line}\n")

    assert refused(folder) == [(code, file, 3, field)]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("opening", ["[", '{"a":'])
@SOME
@given(depth=st.integers(1, 2_500))
def test_deep_nesting_is_refused(tmp_path_factory, file, opening, depth):
    folder = tmp_path_factory.mktemp("deep")
    snapshot.write(folder, GOOD, created_at=CREATED)
    closing = "]" if opening == "[" else "}"
    write(folder / file, '{"id": "x", "deep": ' + opening * depth + "1" + closing * depth + "}")

    [(code, *place)] = refused(folder)

    assert code in ("unknown_key", "not_json")
    assert place[:2] == [file, 1]


@pytest.mark.parametrize("file", FILES)
def test_nesting_in_a_known_field_is_refused(folder, file):
    write(folder / file, '{"id": "x", "technologies": ' + "[" * 600 + "]" * 600 + "}")

    assert refused(folder) == [("not_text", file, 1, "technologies")]


@pytest.mark.parametrize("file", FILES)
def test_an_id_that_stands_twice_is_refused_at_its_second_line(folder, file):
    write(folder / file, f"{LINES[file]}\n{LINES[file]}\n")

    assert refused(folder) == [("duplicate_id", file, 2, "id")]


@pytest.mark.parametrize("file", FILES)
def test_every_fault_of_a_file_is_named_and_nothing_is_used(folder, file):
    write(folder / file, '{"id": 1}\n{"id": "x"}\n{"colour": 2}\n')

    assert refused(folder) == [
        ("not_text", file, 1, "id"),
        ("unknown_key", file, 3, "colour"),
        ("missing", file, 3, "id"),
    ]


@pytest.mark.parametrize("file", FILES)
def test_no_more_than_a_hundred_faults_are_named(folder, file):
    write(folder / file, '{"id": 1}\n' * 500)

    assert len(refused(folder)) == 100


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("content", [b'{"id": "x"}\n{"id": "\xff"}\n', '{"id": "가"}\n{"id": "나"}'.encode("cp949")])
def test_a_file_that_is_not_utf_8_is_refused(folder, file, content):
    write(folder / file, content)

    assert refused(folder)[0][0] == "not_utf8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("file", FILES)
def test_other_encodings_of_unicode_are_refused(folder, file, encoding):
    write(folder / file, f"{LINES[file]}\n".encode(encoding))

    assert {code for code, *_ in refused(folder)} <= {"not_utf8", "not_json"}


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()

    assert refused(folder) == [("missing_file", file, None, "")]


def test_a_missing_folder_is_refused(tmp_path):
    assert refused(tmp_path / "nowhere") == [("missing_file", "startups.jsonl", None, "")]


@pytest.mark.parametrize("file", FILES)
def test_a_mark_of_byte_order_windows_line_ends_and_empty_lines_are_tolerated(folder, file):
    plain = snapshot.read(folder)
    content = (folder / file).read_bytes()

    write(folder / file, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n\r\n"))

    again = snapshot.read(folder)
    assert (again.startups, again.programs) == (plain.startups, plain.programs)


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_the_last_line_may_lack_its_end(folder, ending):
    write(folder / "startups.jsonl", '{"id": "s-1"}' + ending)

    assert len(snapshot.read(folder).startups) == 1


HEADER = "startup_id,program_id,outcome,on\n"
BAD_OUTCOMES = [
    ("an unknown startup", HEADER + "s-9,p-1,selected,\n", ("unknown_startup", 2, "startup_id")),
    ("an unknown program", HEADER + "s-1,p-9,selected,\n", ("unknown_program", 2, "program_id")),
    ("an unknown outcome", HEADER + "s-1,p-1,won,\n", ("not_allowed", 2, "outcome")),
    ("an impossible day", HEADER + "s-1,p-1,shown,2026-02-30\n", ("not_date", 2, "on")),
    ("a missing outcome", HEADER + "s-1,p-1\n", ("missing", 2, "outcome")),
    ("a value without a column", HEADER + "s-1,p-1,shown,2026-01-01,x\n", ("wrong_columns", 2, "")),
    ("an unknown column", "startup_id,program_id,outcome,day\n", ("wrong_columns", 1, "")),
    ("a missing column", "startup_id,program_id,on\n", ("wrong_columns", 1, "")),
    ("a doubled column", "startup_id,program_id,outcome,outcome\n", ("wrong_columns", 1, "")),
    ("no header", "s-1,p-1,shown,2026-01-01\n", ("wrong_columns", 1, "")),
    ("nothing", "", ("wrong_columns", 1, "")),
    ("a cell without end", HEADER + '"s-1,p-1,shown,\n', ("missing", 2, "program_id")),
    ("line ends of an old kind", "startup_id,program_id,outcome\rs-1,p-1,shown\r", ("not_csv", 1, "")),
    ("a cell that is too long", HEADER + "x" * 200_000 + ",p-1,shown,\n", ("not_csv", 2, "")),
]


@pytest.mark.parametrize(("content", "expected"), [b[1:] for b in BAD_OUTCOMES], ids=[b[0] for b in BAD_OUTCOMES])
def test_a_bad_outcome_is_refused_with_its_line_and_column(folder, content, expected):
    write(folder / "outcomes.csv", content)

    found = [(code, line, field) for code, file, line, field in refused(folder) if file == "outcomes.csv"]

    assert expected in found


def test_outcomes_that_are_not_utf_8_are_refused(folder):
    write(folder / "outcomes.csv", HEADER.encode() + b"\xff")

    assert refused(folder) == [("not_utf8", "outcomes.csv", None, "")]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffstartup_id,program_id,outcome,on\r\ns-1,p-1,selected,\r\n",
        "startup_id,program_id,outcome\ns-1,p-1,selected\n",
        "on,outcome,program_id,startup_id\n,selected,p-1,s-1\n",
        HEADER + '"s-1","p-1","selected",""\n\n',
    ],
)
def test_outcomes_as_spreadsheets_write_them_are_read(folder, content):
    write(folder / "outcomes.csv", content)

    assert snapshot.read(folder).outcomes == GOOD.outcomes


@pytest.mark.parametrize("file", ["startups.jsonl", "programs.jsonl", "outcomes.csv"])
def test_a_file_changed_after_the_snapshot_was_made_is_refused(tmp_path, file):
    snapshot.write(tmp_path, GOOD, created_at=CREATED)
    with (tmp_path / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")

    assert refused(tmp_path) == [("digest_differs", file, None, "")]


def test_outcomes_taken_away_after_the_snapshot_was_made_are_missed(tmp_path):
    snapshot.write(tmp_path, GOOD, created_at=CREATED)
    (tmp_path / "outcomes.csv").unlink()

    assert refused(tmp_path) == [("digest_differs", "outcomes.csv", None, "")]


@pytest.mark.parametrize(
    ("index", "code"),
    [
        (b"{", "not_json"),
        (b"[]", "not_json"),
        (b"\xff", "not_utf8"),
        (b"{}", "missing"),
        (b'{"sha256": []}', "missing"),
        (b'{"sha256": {}}', "digest_differs"),
        (b'{"sha256": {"startups.jsonl": 5}}', "digest_differs"),
        (b"[" * 2_000, "not_json"),
    ],
)
def test_a_broken_index_is_refused_by_its_name(tmp_path, index, code):
    snapshot.write(tmp_path, GOOD, created_at=CREATED)
    write(tmp_path / "snapshot.json", index)

    found = refused(tmp_path)

    assert {fault[0] for fault in found} == {code}
    assert all(fault[1] for fault in found)


def test_an_index_of_a_later_version_is_refused(tmp_path):
    snapshot.write(tmp_path, GOOD, created_at=CREATED)
    index = json.loads((tmp_path / "snapshot.json").read_text())
    write(tmp_path / "snapshot.json", json.dumps(index | {"version": 2}))

    assert refused(tmp_path) == [("not_allowed", "snapshot.json", None, "version")]


@given(st.binary(max_size=200), st.sampled_from([*FILES, "outcomes.csv", "snapshot.json"]))
def test_any_bytes_in_any_file_are_read_or_refused(tmp_path_factory, content, file):
    folder = tmp_path_factory.mktemp("bytes")
    snapshot.write(folder, GOOD, created_at=CREATED)
    (folder / "snapshot.json").unlink()
    write(folder / file, content)

    found = refused(folder) if not readable(folder) else []

    assert all(file for _, file, _, _ in found)
