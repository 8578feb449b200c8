"""Imports and exports that can't be done, and files that can't be read."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "heading_map_not_found": both(
        (
            "그 대응표가 없습니다.",
            "번호 '{id}'의 대응표를 찾지 못했습니다.",
            "대응표 목록에서 번호를 확인하십시오.",
        ),
        ("There is no such heading map.", "No heading map has the id '{id}'.", "Look the id up in the list of maps."),
    ),
    "import_not_found": both(
        ("가져오기 '{id}'을(를) 찾을 수 없습니다.", "이 id의 가져오기가 없습니다.", "파일을 다시 올려 주십시오."),
        ("Import '{id}' is not known.", "No import has this id.", "Send the file again."),
    ),
    "import_expired": both(
        (
            "가져오기 '{id}'의 확정 기한이 지났습니다.",
            "미리보기는 만든 때부터 24시간 동안만 확정할 수 있습니다.",
            "파일을 다시 올려 미리보기를 확인한 뒤 확정하십시오.",
        ),
        (
            "The time to commit import '{id}' is over.",
            "A preview can be committed for 24 hours.",
            "Send the file again, look at the preview and commit that.",
        ),
    ),
    "import_has_faults": both(
        (
            "오류가 있는 줄이 {count}개여서 아무것도 가져오지 않았습니다.",
            "가져오기 '{id}'의 보고서에 줄과 항목, 고치는 방법이 있습니다.",
            "고친 파일을 다시 올리거나, 오류 없는 줄만 가져오려면 rows=good으로 확정하십시오.",
        ),
        (
            "{count} lines have faults, so nothing was brought in.",
            "The report of import '{id}' names line and field and what to do.",
            "Send a corrected file, or commit with rows=good to bring in the lines without faults.",
        ),
    ),
    "catalogue_changed": both(
        (
            "미리보기 뒤에 {count}건의 내용이 바뀌었습니다.",
            "미리보기에서 보신 결과와 달라집니다: {ids}",
            "파일을 다시 올려 새 미리보기를 확인한 뒤 확정하십시오.",
        ),
        (
            "{count} records have changed since the preview.",
            "The outcome would not be what the preview showed: {ids}",
            "Send the file again, look at the new preview and commit that.",
        ),
    ),
    "import_kind_unknown": both(
        (
            "파일에 창업기업과 프로그램 중 무엇이 들어 있는지 알 수 없습니다.",
            "제목만으로는 구별할 수 없습니다.",
            "kind에 startups, programs 또는 outcomes를 적으십시오(명령에서는 --as).",
        ),
        (
            "Whether the file holds startups or programs is not clear.",
            "Its headings fit both.",
            "Say so by kind: startups, programs or outcomes (--as on the command line).",
        ),
    ),
    "no_headings": both(
        (
            "제목 행을 찾지 못했습니다.",
            "첫 20줄에 필요한 열의 제목이 없습니다. 꼭 있어야 하는 열: {columns}. 찾은 제목: {found}",
            "그 열을 넣거나 열 제목 대응표에서 정하십시오. 쓸 수 있는 제목은 안내서에 있습니다.",
        ),
        (
            "No row of headings was found.",
            "None of the first 20 rows holds the columns that are required: {columns}. Met were: {found}",
            "Add the column, or map the heading that stands for it; the guide lists the names.",
        ),
    ),
    "duplicate_heading": both(
        (
            "두 열이 같은 항목을 가리킵니다.",
            "항목 '{column}'의 열이 둘 이상입니다: {found}",
            "한 열만 남기거나, 열 제목 대응표에서 한 열을 '가져오지 않음'으로 정하십시오.",
        ),
        (
            "Two columns are headed for the same field.",
            "More than one column is '{column}': {found}",
            "Keep one of them, or map one to be left out.",
        ),
    ),
    "file_empty": both(
        ("파일이 비어 있습니다.", "읽을 내용이 없습니다.", "내용이 있는 파일을 올려 주십시오."),
        ("The file is empty.", "There is nothing to read.", "Send a file that holds something."),
    ),
    "file_unknown": both(
        (
            "읽을 수 있는 형식의 파일이 아닙니다.",
            "내용이 CSV, XLSX, JSON, XML 가운데 어느 것도 아닙니다.",
            "엑셀에서 .xlsx 또는 'CSV UTF-8'로 저장하여 다시 올려 주십시오.",
        ),
        (
            "This is no file of a kind that can be read.",
            "Its content is neither CSV nor XLSX, JSON or XML.",
            "Save it as .xlsx or as CSV UTF-8 and send it again.",
        ),
    ),
    "file_old_office": both(
        (
            "이전 형식의 엑셀 파일(.xls)입니다.",
            "이 형식은 읽지 않습니다.",
            "엑셀에서 '다른 이름으로 저장'을 눌러 .xlsx로 저장하여 올려 주십시오.",
        ),
        (
            "This is a spreadsheet of an older format (.xls).",
            "Such files are not read.",
            "Save it as .xlsx in Excel and send it again.",
        ),
    ),
    "file_hwp": both(
        (
            "이전 형식의 한글 문서(.hwp)입니다.",
            "HWP 5 형식은 읽지 않고, HWPX 형식은 읽습니다.",
            "한글에서 '다른 이름으로 저장하기'를 눌러 파일 형식을 HWPX로 고르고 다시 올려 주십시오.",
        ),
        (
            "This is a document of an older format of Hangul (.hwp).",
            "HWP 5 is not read, HWPX is.",
            "Save it as HWPX in Hangul (Save as, file type HWPX) and send it again.",
        ),
    ),
    "file_encrypted": both(
        (
            "암호가 걸린 문서입니다.",
            "암호를 모르면 내용을 읽을 수 없습니다.",
            "문서의 암호를 없애고 저장하여 다시 올려 주십시오.",
        ),
        (
            "The document is locked by a password.",
            "Without the password nothing of it can be read.",
            "Take the password off, save it and send it again.",
        ),
    ),
    "file_protected": both(
        (
            "문서보안(DRM) 프로그램으로 잠긴 파일입니다.",
            "파수, 소프트캠프 등의 문서보안이 걸려 있어 내용을 읽을 수 없습니다.",
            "문서보안 프로그램에서 보안을 해제(복호화)한 뒤 다시 올려 주십시오.",
        ),
        (
            "The file is locked by a product for document security (DRM).",
            "It is protected by Fasoo, Softcamp or another such product, so nothing of it can be read.",
            "Release it in that product and send it again.",
        ),
    ),
    "only_hidden_sheets": both(
        (
            "보이는 시트에 읽을 내용이 없습니다.",
            "숨겨진 시트에만 내용이 있습니다: {sheets}",
            "시트의 숨기기를 취소하거나, 시트 이름을 적어 읽게 하십시오.",
        ),
        (
            "No sheet that a person sees holds anything.",
            "Only hidden sheets do: {sheets}",
            "Unhide the sheet, or name it to have it read.",
        ),
    ),
    "html_without_table": both(
        (
            "표가 없는 웹 문서(HTML)입니다.",
            "이름이 .xls여도 내용은 HTML이며, 그 안에 표가 없습니다.",
            "엑셀에서 열어 .xlsx로 저장하여 다시 올려 주십시오.",
        ),
        (
            "This is a web page (HTML) without a table.",
            "Whatever it is called, its content is HTML, and there is no table in it.",
            "Open it in Excel, save it as .xlsx and send it again.",
        ),
    ),
    "service_error": both(
        (
            "공공 서비스가 오류로 답한 파일입니다.",
            "응답에 공고가 없고 오류가 적혀 있습니다: {message} ({reason})",
            "인증키와 요청 조건을 확인하여 다시 조회한 응답을 올려 주십시오.",
        ),
        (
            "A public service answered with an error.",
            "The answer holds no notices, but this: {message} ({reason})",
            "Check the service key and the request, and send the answer of a new one.",
        ),
    ),
    "csv_broken": both(
        (
            "{line}번째 줄부터 CSV로 읽을 수 없습니다.",
            "큰따옴표가 닫히지 않았거나 잘못된 곳에 있습니다.",
            "큰따옴표를 바로잡거나 엑셀에서 CSV로 다시 저장하십시오.",
        ),
        (
            "From line {line} on this can't be read as CSV.",
            "A double quote is not closed, or stands where it may not.",
            "Mend the quotes, or save the file as CSV again.",
        ),
    ),
    "mixed_encodings": both(
        (
            "{line}번째 줄부터 글자 인코딩이 달라집니다.",
            "한 파일에 {first}과(와) {second}이(가) 섞여 있어 글자를 정확히 읽을 수 없습니다.",
            "파일 전체를 한 가지 인코딩(UTF-8 권장)으로 다시 저장하십시오.",
        ),
        (
            "The encoding changes at line {line}.",
            "The file mixes {first} and {second}, so its letters can't be read with certainty.",
            "Save the whole file in one encoding, best UTF-8.",
        ),
    ),
    "unknown_encoding": both(
        (
            "{line}번째 줄의 글자 인코딩을 알 수 없습니다.",
            "UTF-8, CP949(EUC-KR), UTF-16이 아닙니다. 추정되는 인코딩: {guess}",
            "UTF-8로 다시 저장하여 올려 주십시오.",
        ),
        (
            "The encoding of line {line} is not known.",
            "It is not UTF-8, CP949 (EUC-KR) or UTF-16; it looks like {guess}.",
            "Save the file as UTF-8 and send it again.",
        ),
    ),
    "nul_in_text": both(
        (
            "{line}번째 줄에 NUL 문자가 있습니다.",
            "글자로 된 파일에는 NUL이 있을 수 없습니다. 파일이 손상되었을 수 있습니다.",
            "원본에서 다시 저장하여 올려 주십시오.",
        ),
        (
            "Line {line} holds a NUL character.",
            "No text file holds one; the file may be damaged.",
            "Save it anew from its source and send it again.",
        ),
    ),
    "too_many_rows": both(
        ("줄이 너무 많습니다.", "한 번에 {limit}줄까지 가져옵니다.", "파일을 나누어 올려 주십시오."),
        ("There are too many rows.", "Up to {limit} are taken at once.", "Send the file in several parts."),
    ),
    "too_many_columns": both(
        (
            "열이 너무 많습니다.",
            "{limit}열까지 읽습니다. 멀리 떨어진 칸에 값이 있을 수도 있습니다.",
            "쓰지 않는 열을 지우고 다시 올려 주십시오.",
        ),
        (
            "There are too many columns.",
            "Up to {limit} are read; a stray cell may stand far to the right.",
            "Delete the columns that are not needed and send it again.",
        ),
    ),
    "too_many_cells": both(
        ("칸이 너무 많습니다.", "한 번에 {limit}칸까지 읽습니다.", "파일을 나누어 올려 주십시오."),
        ("There are too many cells.", "Up to {limit} are read at once.", "Send the file in several parts."),
    ),
    "too_much_text": both(
        ("글자가 너무 많습니다.", "한 번에 {limit}자까지 읽습니다.", "파일을 나누어 올려 주십시오."),
        ("There is too much text.", "Up to {limit} characters are read at once.", "Send the file in several parts."),
    ),
    "too_demanding": both(
        (
            "파일을 읽는 데 시간이나 메모리가 너무 많이 듭니다.",
            "파일 하나에 허용된 한도를 넘어 읽기를 중단하였습니다.",
            "파일을 나누거나 엑셀에서 새 파일로 복사하여 다시 저장하십시오.",
        ),
        (
            "Reading the file takes too much time or memory.",
            "It was stopped at the limit for one file.",
            "Send it in several parts, or copy its content into a new file.",
        ),
    ),
    "unpacks_too_large": both(
        (
            "압축을 풀면 너무 큰 파일입니다.",
            "압축을 푼 크기는 {limit}바이트까지 허용됩니다.",
            "그림과 쓰지 않는 시트를 지우거나 파일을 나누어 올려 주십시오.",
        ),
        (
            "The file is too large once it is unpacked.",
            "Up to {limit} bytes are allowed unpacked.",
            "Delete pictures and sheets that are not needed, or send it in several parts.",
        ),
    ),
    "unpacks_too_far": both(
        (
            "압축률이 지나치게 높은 파일입니다.",
            "압축을 풀면 {limit}배 넘게 커지는 부분이 있어 정상적인 문서로 보기 어렵습니다.",
            "엑셀에서 새 파일로 복사하여 다시 저장하십시오.",
        ),
        (
            "The file is packed too tightly.",
            "A part of it grows more than {limit} times when unpacked, as no ordinary document does.",
            "Copy its content into a new file and save that.",
        ),
    ),
    "too_many_entries": both(
        (
            "파일 안에 들어 있는 항목이 너무 많습니다.",
            "압축된 항목은 {limit}개까지 허용됩니다.",
            "엑셀에서 새 파일로 복사하여 다시 저장하십시오.",
        ),
        (
            "The file holds too many parts.",
            "Up to {limit} packed parts are allowed.",
            "Copy its content into a new file and save that.",
        ),
    ),
    "archive_unsafe": both(
        (
            "안전하지 않은 압축 파일입니다.",
            "경로를 벗어나는 이름, 중복되거나 암호화된 항목, 압축 파일 속의 압축 파일, 실제와 다른 크기가 있습니다.",
            "엑셀에서 새 파일로 복사하여 다시 저장하십시오.",
        ),
        (
            "The file is packed in an unsafe way.",
            "It holds names that lead outside, doubled or encrypted parts, archives inside, or untrue sizes.",
            "Copy its content into a new file and save that.",
        ),
    ),
    "file_broken": both(
        (
            "손상되어 읽을 수 없는 파일입니다.",
            "파일의 구조가 형식에 맞지 않습니다.",
            "원본 프로그램에서 열어 다시 저장한 뒤 올려 주십시오.",
        ),
        (
            "The file is damaged and can't be read.",
            "Its structure is not that of its format.",
            "Open it in the program that made it, save it again and send that.",
        ),
    ),
    "xml_entities": both(
        (
            "허용되지 않는 XML입니다.",
            "문서 유형 선언(DOCTYPE)이나 개체 정의가 들어 있습니다.",
            "선언을 지우고 다시 올려 주십시오.",
        ),
        (
            "This XML is not allowed.",
            "It declares a document type or entities.",
            "Remove the declaration and send it again.",
        ),
    ),
    "sheet_not_found": both(
        ("그 이름의 시트가 없습니다.", "파일에 있는 시트: {sheets}", "시트 이름을 확인하십시오."),
        ("No sheet has this name.", "The file's sheets: {sheets}", "Check the name of the sheet."),
    ),
    "cell_too_long": both(
        (
            "{line}번째 줄에 엑셀 한 칸에 담을 수 없는 긴 글이 있습니다.",
            "엑셀은 한 칸에 {limit}자까지 담습니다.",
            "CSV로 내보내십시오.",
        ),
        (
            "Line {line} holds a text that is too long for one cell of Excel.",
            "Excel keeps up to {limit} characters in a cell.",
            "Export it as CSV.",
        ),
    ),
    "answer_unknown": both(
        (
            "알고 있는 공공 서비스의 응답이 아닙니다.",
            "공고 목록이나 이 서비스의 자료 목록이 들어 있지 않습니다. 인증 오류 응답일 수 있습니다.",
            "응답의 내용을 확인하고, 목록이 들어 있는 응답을 그대로 올려 주십시오.",
        ),
        (
            "This is no answer of a public service that is known here.",
            "It holds no list of notices, nor of our own records; it may report an error.",
            "Look at what it says, and send an answer that holds a list.",
        ),
    ),
    "export_form_unknown": both(
        (
            "그 형식으로는 내보낼 수 없습니다.",
            "내보낼 수 있는 형식: {allowed}",
            "주소의 확장자를 그 가운데 하나로 바꾸십시오.",
        ),
        ("There is no export in this form.", "The forms are: {allowed}", "End the address with one of them."),
    ),
    "export_too_long": both(
        (
            "내려받을 기록이 너무 많습니다.",
            "한 번에 {limit}건까지 내려받습니다.",
            "기간이나 다른 조건으로 좁혀 나누어 내려받으십시오.",
        ),
        (
            "These are too many records for one file.",
            "Up to {limit} are taken away at once.",
            "Narrow the period or another condition, and take them in parts.",
        ),
    ),
}
