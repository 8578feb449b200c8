"""Backups, retention and erasure that can't be done so."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "file_exists": both(
        (
            "파일 '{name}'이(가) 이미 있습니다.",
            "백업은 있는 파일을 덮어쓰지 않습니다.",
            "다른 이름을 적으십시오.",
        ),
        ("The file '{name}' is there already.", "A backup overwrites nothing.", "Give another name."),
    ),
    "backup_unreadable": both(
        (
            "'{name}'은(는) 온전한 백업 파일이 아닙니다.",
            "이음의 백업이 아니거나, 내용이 백업할 때의 검사값과 다릅니다.",
            "다른 백업 파일을 쓰십시오. 데이터베이스에는 아무것도 들어가지 않았습니다.",
        ),
        (
            "'{name}' is no sound backup.",
            "It is not a backup of Ieum, or its content is not what its checksums say.",
            "Use another backup. Nothing came into the database.",
        ),
    ),
    "backup_of_other_version": both(
        (
            "이 백업은 다른 버전의 것입니다.",
            "백업의 구조는 '{found}', 프로그램은 '{wanted}'입니다.",
            "백업한 버전의 프로그램으로 복구한 뒤 새 버전에서 ieum migrate를 실행하십시오.",
        ),
        (
            "This backup is of another version.",
            "The backup has schema '{found}', the program '{wanted}'.",
            "Restore it with the version that made it, then run ieum migrate with the new one.",
        ),
    ),
    "database_not_empty": both(
        (
            "데이터베이스가 비어 있지 않습니다.",
            "자료가 있는 표: {tables}",
            "빈 데이터베이스를 IEUM_DATABASE_URL에 적거나 IEUM_HOME을 새 폴더로 정하십시오.",
        ),
        (
            "The database is not empty.",
            "These tables hold rows: {tables}.",
            "Name an empty database in IEUM_DATABASE_URL, or a new folder in IEUM_HOME.",
        ),
    ),
    "erasure_unconfirmed": both(
        (
            "이 기업일 수 있는 곳이 다른 기록에 {count}곳 있습니다.",
            "다른 기업의 기록은 사람이 확인해야만 바뀝니다. 아직 아무것도 지우지 않았습니다.",
            "가명으로 바꿀 곳의 부호를 --confirm에 적고, 나머지를 그대로 두려면 --leave-rest를 붙이십시오.",
        ),
        (
            "{count} places in other records may mean this startup.",
            "Records about others change on a person's word alone. Nothing was erased yet.",
            "Give the codes of those to replace with --confirm, and add --leave-rest to leave the others.",
        ),
    ),
    "occurrence_unknown": both(
        (
            "확인한 부호 가운데 맞지 않는 것이 있습니다: {codes}",
            "부호를 본 뒤에 그 글이 바뀌었거나 잘못 적은 부호입니다. 아무것도 지우지 않았습니다.",
            "--dry-run으로 다시 확인하십시오.",
        ),
        (
            "Some confirmed codes fit nothing: {codes}.",
            "The text has changed since you saw its code, or the code is mistyped. Nothing was erased.",
            "Look again with --dry-run.",
        ),
    ),
    "erased_meanwhile": both(
        (
            "처리하는 동안 어느 창업기업의 자료가 삭제 요청에 따라 지워졌습니다.",
            "지워진 자료가 다시 적히지 않도록 이 요청은 아무것도 적지 않았습니다.",
            "같은 요청을 다시 보내십시오.",
        ),
        (
            "A startup was erased while this was under way.",
            "So that nothing of it is written again, this request wrote nothing.",
            "Send the same request again.",
        ),
    ),
    "nothing_to_erase": both(
        (
            "창업기업 '{id}'의 자료가 남아 있지 않습니다.",
            "이 id로 보관된 자료가 없습니다.",
            "id를 확인하십시오.",
        ),
        ("Nothing is left of startup '{id}'.", "Nothing is kept under this id.", "Check the id."),
    ),
}
