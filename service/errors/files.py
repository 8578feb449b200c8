"""Files and folders that can't be read or written."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "bad_data": both(
        (
            "자료에 오류가 있어 아무것도 가져오지 않았습니다.",
            "아래에 적힌 줄과 항목이 규격에 맞지 않습니다.",
            "고친 뒤 다시 실행하십시오.",
        ),
        (
            "The data has faults; nothing was taken from it.",
            "The lines and fields named below don't fit the contract.",
            "Correct them and run it again.",
        ),
    ),
    "unknown_kind": both(
        (
            "'{name}'에 무엇이 들어 있는지 알 수 없습니다.",
            "파일이나 폴더의 이름이 startups 또는 programs로 시작하지 않습니다.",
            "--as startups 또는 --as programs를 붙이십시오.",
        ),
        (
            "What '{name}' holds is not known.",
            "Neither the file's nor the folder's name begins with startups or programs.",
            "Add --as startups or --as programs.",
        ),
    ),
    "nothing_to_import": both(
        (
            "'{name}'에서 가져올 자료를 찾지 못했습니다.",
            "파일이 없거나 폴더에 .jsonl 파일이 없습니다.",
            "경로를 확인하십시오.",
        ),
        ("There is nothing to import in '{name}'.", "No such file, or no .jsonl file in it.", "Check the path."),
    ),
    "folder_not_empty": both(
        ("'{name}' 폴더가 비어 있지 않습니다.", "스냅샷은 빈 폴더에만 씁니다.", "새 폴더를 지정하십시오."),
        ("The folder '{name}' is not empty.", "A snapshot is written into an empty folder only.", "Name a new folder."),
    ),
}
