"""What is wrong with an audit trail that is not as it was written."""

from __future__ import annotations

from service.errors.words import Explanations, both

BREAKS: dict[str, tuple[str, str]] = {
    "missing": ("이 번호의 행이 없습니다.", "The row of this number is missing."),
    "doubled": ("이 번호의 행이 두 번 있습니다.", "The row of this number is there twice."),
    "changed": ("내용이 기록될 때와 다릅니다.", "Its content is not what was recorded."),
    "relinked": ("앞 행의 해시와 이어지지 않습니다.", "It does not follow from the row before it."),
    "noted_otherwise": ("따로 적어 둔 해시와 다릅니다.", "Its hash is not the one that was noted elsewhere."),
    "beyond_head": ("기록된 마지막 행보다 뒤에 있습니다.", "It stands behind the last row that was recorded."),
    "rewritten": (
        "마지막 해시와 맞지 않습니다. 이 행까지의 내용이 다시 쓰였습니다.",
        "The trail does not end in its recorded hash: rows up to this one were written anew.",
    ),
    "record_changed": (
        "이 행에 적힌 '{record}'의 내용이 기록될 때와 다릅니다.",
        "The row '{record}' that it recorded is not what it was.",
    ),
    "record_missing": ("이 행에 적힌 '{record}'이(가) 없어졌습니다.", "The row '{record}' that it recorded is gone."),
    "record_unaudited": (
        "'{record}'은(는) 감사 기록에 없는 내용입니다.",
        "Nothing in the trail tells of the row '{record}'.",
    ),
}
"""Why a row is bad, in Korean and English, by code."""

EXPLANATIONS: Explanations = {
    "audit_broken": both(
        (
            "감사 기록이 {seq}번 행부터 온전하지 않습니다.",
            "{reason_ko} ({why})",
            "데이터베이스에 쓰기를 멈추고 원본을 보존한 뒤, 백업과 따로 적어 둔 해시로 대조하십시오.",
        ),
        (
            "The audit trail is broken from row {seq} on.",
            "{reason_en} ({why})",
            "Stop writing to the database, keep it as it is, and compare it with backups and heads noted elsewhere.",
        ),
    ),
    "bad_head": both(
        (
            "'{value}'은(는) 감사 기록의 마지막을 적은 값이 아닙니다.",
            "행 수와 SHA-256 해시를 '12:ab…'처럼 적어야 합니다.",
            "ieum audit-verify가 출력한 head 값을 그대로 쓰십시오.",
        ),
        (
            "'{value}' is no head of an audit trail.",
            "A head is the number of rows and a SHA-256 hash, as in '12:ab…'.",
            "Use what ieum audit-verify printed as the head.",
        ),
    ),
}
