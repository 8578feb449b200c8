"""What is noted of a file that was read: cells a reader can't see, rows and columns left out, values changed."""

from __future__ import annotations

Pair = tuple[str, str]

NOTES: dict[str, dict[str, Pair]] = {
    "formula_not_calculated": {
        "ko": ("계산된 적이 없는 수식이라 값이 없습니다.", "엑셀에서 파일을 열어 저장하거나 값으로 바꾸어 적으십시오."),
        "en": (
            "This formula was never calculated, so there is no value.",
            "Open and save the file in Excel, or write the value itself.",
        ),
    },
    "merged_cell": {
        "ko": (
            "왼쪽 칸과 병합된 칸이라 이 열의 값이 무엇인지 분명하지 않습니다.",
            "병합을 풀고 각 칸에 값을 적으십시오.",
        ),
        "en": (
            "This cell is merged with the one to its left, so its own value is not clear.",
            "Unmerge the cells and fill in each of them.",
        ),
    },
    "destroyed_number": {
        "ko": (
            "엑셀이 긴 번호를 1.1E+12처럼 바꾸어 뒷자리가 없어졌습니다.",
            "셀 서식을 '텍스트'로 바꾸고 번호를 다시 적으십시오.",
        ),
        "en": (
            "Excel turned a long number into something like 1.1E+12; its last digits are lost.",
            "Format the cell as text and write the number again.",
        ),
    },
    "not_number_of_firm": {
        "ko": (
            "숫자 {allowed}자리의 번호로 읽을 수 없습니다.",
            "번호를 다시 확인하여 숫자 {allowed}자리로 적으십시오. '-'는 있어도 됩니다.",
        ),
        "en": (
            "This is no number of {allowed} digits.",
            "Check it and write its {allowed} digits, with or without hyphens.",
        ),
    },
    "id_unreachable": {
        "ko": (
            "ID에 '/'를 쓸 수 없습니다. 그런 ID의 자료는 주소로 볼 수 없습니다.",
            "'/'를 '-'로 바꾸십시오. 예: 2026-001",
        ),
        "en": ("An id can't hold '/': no address would reach its record.", "Write '-' for '/', such as 2026-001."),
    },
    "id_looks_alike": {
        "ko": (
            "눈으로 구별할 수 없는 ID가 이미 있습니다: {allowed}",
            "같은 자료이면 그 ID를 쓰고, 다른 자료이면 구별되는 ID를 적으십시오.",
        ),
        "en": (
            "An id that looks the same is there already: {allowed}.",
            "Use that id if it is the same record, or one that can be told apart.",
        ),
    },
    "default_taken": {
        "ko": (
            "값이 비어 있습니다. 새 자료는 기본값으로 저장하고, 있던 자료는 그대로 둡니다.",
            "기본값과 다르면 값을 적으십시오. 기본값: 창업기업, 공모",
        ),
        "en": (
            "This is empty: a new record gets the default, one that is stored keeps its value.",
            "Fill it in if the default (startup, open call) is not right.",
        ),
    },
    "industry_as_written": {
        "ko": (
            "업종 코드가 아니어서 적힌 그대로 저장합니다. 업종 요건은 확인 필요로 판단합니다.",
            "한국표준산업분류 코드(예: 58222)를 적으십시오.",
        ),
        "en": (
            "This is no industry code and is stored as written; rules on industry will ask for a check.",
            "Write the KSIC code, such as 58222.",
        ),
    },
    "wrong_check_digit": {
        "ko": (
            "사업자등록번호의 검증번호가 맞지 않습니다. 적힌 그대로 저장합니다.",
            "번호를 사업자등록증과 대조하십시오.",
        ),
        "en": (
            "The check digit of this business number is wrong; it is stored as written.",
            "Compare it with the registration certificate.",
        ),
    },
    "says_unknown": {
        "ko": ("값을 모른다는 표시로 읽었습니다.", "값이 있으면 적으십시오."),
        "en": ("This was read as: not known.", "Fill it in if it is known."),
    },
    "id_cleaned": {
        "ko": ("ID에서 보이지 않는 글자나 공백을 빼고 읽었습니다.", "원본의 ID를 확인하십시오."),
        "en": ("Letters that show nothing, or blanks, were taken off this id.", "Check the id in the source."),
    },
    "column_without_heading": {
        "ko": ("제목이 없는 열이라 가져오지 않았습니다.", "필요한 열이면 제목을 적으십시오."),
        "en": ("This column has no heading and was not taken.", "Head it if it is needed."),
    },
    "heading_unclear": {
        "ko": (
            "제목에 붙은 말이 값의 뜻을 바꿀 수 있어 이 열을 가져오지 않았습니다.",
            "이 항목의 값이 맞으면 열 제목 대응표에서 정하십시오.",
        ),
        "en": (
            "What the heading says besides may change what the values mean, so this column was not taken.",
            "If it is that field, map the heading.",
        ),
    },
    "heading_twice": {
        "ko": (
            "같은 항목의 다른 열을 읽었으므로 이 열은 가져오지 않았습니다.",
            "이 열을 읽으려면 다른 열을 지우십시오.",
        ),
        "en": (
            "Another column of the same field was read, so this one was not taken.",
            "Remove the other one to have this one read.",
        ),
    },
    "column_ignored": {
        "ko": ("열 제목 대응표에서 가져오지 않기로 한 열입니다.", "필요하면 대응표를 고치십시오."),
        "en": ("The heading map leaves this column out.", "Change the map if it is needed."),
    },
    "heading_remark": {
        "ko": (
            "열은 읽었고, 제목에 붙은 말은 저장하지 않았습니다.",
            "값의 시점이나 조건이 필요하면 따로 적어 두십시오.",
        ),
        "en": ("The column was read; what its heading says besides is not stored.", "Note it elsewhere if it matters."),
    },
    "headings_joined": {
        "ko": ("두 줄로 된 제목을 이어 읽었습니다.", "아래의 열 목록에서 제목이 맞는지 확인하십시오."),
        "en": ("Headings of two rows were joined.", "Check the list of columns."),
    },
    "row_above": {
        "ko": ("제목 행보다 위에 있는 줄이라 자료로 읽지 않았습니다.", ""),
        "en": ("This row stands above the headings and was read as no record.", ""),
    },
    "unit_applied": {
        "ko": ("이 단위를 제목에 단위가 없는 금액 열에 적용했습니다.", "금액의 첫 값을 확인하십시오."),
        "en": ("This unit was applied to amounts whose own heading says none.", "Check the first amounts."),
    },
    "row_left_out": {
        "ko": ("합계, 설명 등 자료가 아닌 줄로 보아 가져오지 않았습니다.", "자료이면 꼭 있어야 하는 칸을 채우십시오."),
        "en": (
            "This row was taken for a total or a remark and left out.",
            "If it is a record, fill in what is required.",
        ),
    },
    "sheet_left_out": {
        "ko": ("이 시트는 읽지 않았습니다. 내용이 있는 줄 수: {value}", "필요하면 시트 이름을 적어 따로 올리십시오."),
        "en": (
            "This sheet was not read; rows that hold anything: {value}.",
            "Send the file again with the sheet's name if it is needed.",
        ),
    },
    "hidden_sheet_left_out": {
        "ko": (
            "숨겨진 시트라 읽지 않았습니다. 내용이 있는 줄 수: {value}",
            "필요하면 시트의 숨기기를 취소하여 올리십시오.",
        ),
        "en": (
            "This sheet is hidden and was not read; rows that hold anything: {value}.",
            "Unhide it if it is needed.",
        ),
    },
    "merged_cells_filled": {
        "ko": ("세로로 병합된 칸의 값을 병합된 모든 줄에 적용했습니다.", "병합된 범위를 확인하십시오."),
        "en": ("The value of cells merged downwards was read for every row of the range.", "Check the ranges."),
    },
    "hidden_rows_read": {
        "ko": ("숨겨진 줄도 읽었습니다. 줄 수: {value}", "뺄 줄이면 지우고 올리십시오."),
        "en": ("Hidden rows were read too: {value}.", "Delete them if they are not meant."),
    },
    "hidden_columns_read": {
        "ko": ("숨겨진 열도 읽었습니다.", "뺄 열이면 지우고 올리십시오."),
        "en": ("Hidden columns were read too.", "Delete them if they are not meant."),
    },
    "html_table": {
        "ko": ("웹 문서(HTML)의 표로 읽었습니다. 이름이 .xls여도 엑셀 파일이 아닙니다.", ""),
        "en": ("This was read as a table of a web page (HTML); it is no Excel file, whatever its name.", ""),
    },
    "form_row_left_out": {
        "ko": ("항목 이름을 알 수 없어 가져오지 않은 칸입니다.", "필요하면 프로필에 직접 적으십시오."),
        "en": ("These cells stand beside no label of ours and were not taken.", "Add them by hand if needed."),
    },
    "body_left_out": {
        "ko": ("표 밖의 본문은 가져오지 않았습니다.", "필요하면 소개에 직접 적으십시오."),
        "en": ("Text outside the table was not taken.", "Add it to the summary by hand if needed."),
    },
    "answer_is_a_part": {
        "ko": ("서비스의 응답 일부만 들어 있습니다: {value}", "나머지 쪽의 응답도 올리십시오."),
        "en": ("The file holds a part of the service's answer: {value}.", "Send the other pages too."),
    },
    "unused_key": {
        "ko": ("이 항목은 가져오지 않았습니다. 값이 있는 공고 수: {allowed}", ""),
        "en": ("This key was not taken; notices that hold it: {allowed}.", ""),
    },
    "more_alike": {
        "ko": ("위와 같은 줄이 {value}개 더 있습니다.", ""),
        "en": ("So many more are like the ones above: {value}.", ""),
    },
    "more_notes": {
        "ko": ("여기에 다 적지 못한 알림이 {value}개 더 있습니다.", "파일을 나누어 올리십시오."),
        "en": ("There are more notes than fit here: {value}.", "Send the file in parts."),
    },
    "value_cleared": {
        "ko": ("저장되어 있던 값이 비워집니다.", "그대로 두려면 그 값을 파일에 적거나 그 열을 빼십시오."),
        "en": ("The stored value will be emptied.", "Write it into the file, or leave the column out, to keep it."),
    },
    "region_unknown": {
        "ko": (
            "알 수 없는 지역이라 지역 제한을 코드로 옮기지 않았습니다. 담당자 확인 사항으로 남깁니다.",
            "공고문에서 대상 지역을 확인하십시오.",
        ),
        "en": (
            "This region is not known, so no region was set; a person must check it.",
            "Look the regions up in the notice.",
        ),
    },
    "target_unknown": {
        "ko": (
            "기업 구분으로 옮길 수 없는 지원 대상입니다. 담당자 확인 사항으로 남깁니다.",
            "공고문에서 신청 자격을 확인하십시오.",
        ),
        "en": (
            "This target names no kind of firm; a person must check who may apply.",
            "Look up in the notice who may apply.",
        ),
    },
    "target_missing": {
        "ko": ("공고에 지원 대상이 없습니다. 담당자 확인 사항으로 남깁니다.", "공고문에서 신청 자격을 확인하십시오."),
        "en": (
            "The notice says nothing of who may apply; a person must check it.",
            "Look up in the notice who may apply.",
        ),
    },
    "column_left_out": {
        "ko": ("위원의 점수 칸이나 아는 열이 아니어서 읽지 않았습니다.", "필요한 열이면 제목을 바로잡으십시오."),
        "en": (
            "This is neither an evaluator's column nor one of ours, and was not read.",
            "Correct its heading if it is needed.",
        ),
    },
    "comment_left_out": {
        "ko": ("평가 의견은 저장하지 않았습니다.", "의견은 이 파일에 보관하십시오."),
        "en": ("Comments are not kept.", "Keep them in this file."),
    },
    "interest_without_column": {
        "ko": ("이해관계에 적힌 위원이 이 파일의 점수 칸에 없습니다.", "위원 이름이 다르게 적혔는지 확인하십시오."),
        "en": (
            "The evaluator named in an interest has no column in this file.",
            "Check whether the name is written differently.",
        ),
    },
}
"""By code, then by language: what is noted, and what to do."""
