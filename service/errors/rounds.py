"""Selection rounds that can't be run as they are asked for."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "round_not_found": both(
        (
            "선정 회차 '{id}'을(를) 찾을 수 없습니다.",
            "이 id의 회차가 없거나, 맡은 프로그램의 회차가 아닙니다.",
            "id를 GET /api/v1/rounds 목록에서 확인하십시오.",
        ),
        (
            "Round '{id}' is not known.",
            "No round over programs of yours has this id.",
            "Look the id up at GET /api/v1/rounds.",
        ),
    ),
    "scoring_not_found": both(
        (
            "평가 점수 '{number}'을(를) 찾을 수 없습니다.",
            "이 회차에 올린 평가 점수 가운데 이 번호가 없습니다.",
            "번호를 회차의 평가 점수 목록(GET /api/v1/rounds/{{id}}/scores)에서 확인하십시오.",
        ),
        (
            "Scores '{number}' are not known.",
            "No scores that were sent for this round have this number.",
            "Look the number up in the round's list of scores (GET /api/v1/rounds/{{id}}/scores).",
        ),
    ),
    "too_many_rounds": both(
        (
            "회차를 너무 많이 골랐습니다.",
            "노출 현황은 한 번에 {limit}개 회차까지 합칩니다.",
            "회차를 줄여 다시 요청하십시오.",
        ),
        (
            "Too many rounds are named.",
            "An exposure account cumulates {limit} rounds at most.",
            "Name fewer rounds and ask again.",
        ),
    ),
    "round_differs": both(
        (
            "선정 회차 '{id}'을(를) 다시 실행한 결과가 처음과 다릅니다.",
            "보관된 자료로 얻은 결과의 SHA-256이 처음에 적어 둔 값과 맞지 않습니다.",
            "이 회차의 결과를 쓰지 말고, 서비스 버전과 데이터베이스 변경 여부를 운영자에게 확인하십시오.",
        ),
        (
            "Round '{id}', run again, differs from what it was.",
            "The SHA-256 of the outcome is not the one that was kept with the round.",
            "Don't use this round; ask the operator about changes of the service's version or of the database.",
        ),
    ),
    "rule_unknown": both(
        (
            "알 수 없는 신청 요건입니다: {rules}",
            "나중에 확인하기로 한 요건(settled_later)은 요건 목록에 있는 이름이어야 합니다.",
            "요건의 이름을 자격 확인 결과의 rule 항목에서 확인하십시오.",
        ),
        (
            "Not an eligibility rule: {rules}.",
            "What is settled later must be named as the rules are.",
            "Take the names from the `rule` of any eligibility check.",
        ),
    ),
    "round_too_large": both(
        (
            "회차가 너무 큽니다: {pairs}쌍",
            "한 회차는 창업기업 수와 프로그램 수의 곱이 {limit} 이하여야 합니다.",
            "프로그램이나 창업기업을 나누어 여러 회차로 실행하십시오.",
        ),
        (
            "The round is too large: {pairs} pairs.",
            "Startups times programs may be {limit} at most in one round.",
            "Run several rounds over some of the programs or startups each.",
        ),
    ),
    "seats_unknown": both(
        (
            "모집 규모를 알 수 없는 프로그램이 있습니다: {ids}",
            "프로그램 자료에 모집 규모가 없고 회차 조건(seats)에도 적혀 있지 않습니다.",
            "회차 조건의 seats에 프로그램별 모집 규모를 적으십시오.",
        ),
        (
            "How many seats these programs have is not known: {ids}.",
            "Neither the program nor the round's terms (`seats`) say so.",
            "State each program's seats in the terms.",
        ),
    ),
    "not_in_round": both(
        (
            "회차에 참가하지 않는 기업이나 프로그램이 조건에 적혀 있습니다: {ids}",
            "확정·배제·이해관계·할당·선호는 이 회차에 참가하는 기업과 프로그램에만 적을 수 있습니다.",
            "id를 바로잡거나 startups와 programs에 더하십시오.",
        ),
        (
            "The terms name who takes no part in the round: {ids}.",
            "Locks, bans, interests, quotas and preferences concern the round's own startups and programs.",
            "Correct the ids, or add them to `startups` and `programs`.",
        ),
    ),
    "no_scores": both(
        (
            "파일에서 평가 점수를 찾지 못했습니다.",
            "회차의 엑셀 파일에 있는 제목 줄이 없거나 위원 칸이 모두 비어 있습니다.",
            "GET /api/v1/rounds/{{id}}/export.xlsx로 받은 파일의 위원 칸에 점수를 적어 보내십시오.",
        ),
        (
            "The file holds no scores of evaluators.",
            "The headings of a round's workbook are not there, or all evaluators' columns are empty.",
            "Fill in the evaluators' columns of the file that GET /api/v1/rounds/{{id}}/export.xlsx gives.",
        ),
    ),
    "no_interests": both(
        (
            "파일에서 이해관계 목록을 찾지 못했습니다.",
            "첫 줄에 '위원'과 '기업', '사유' 제목이 있어야 합니다.",
            "제목을 적고 그 아래에 한 줄에 하나씩 적어 보내십시오. '프로그램' 칸은 비워도 됩니다.",
        ),
        (
            "The file holds no list of interests.",
            "The first line must have the headings evaluator, startup and reason.",
            "Write the headings and one interest a line below; a program column is optional.",
        ),
    ),
    "score_not_a_number": both(
        (
            "점수가 숫자가 아닌 칸이 {count}개 있습니다.",
            "위원 칸에는 0에서 100까지의 숫자만 적을 수 있습니다. 바로잡을 칸: {place}",
            "그 칸을 바로잡아 다시 보내십시오. 수식은 값으로 바꾸고, 의견은 '평가 의견' 칸에 적으십시오.",
        ),
        (
            "Scores that are no numbers: {count}.",
            "Evaluators' columns take numbers from 0 to 100. To be corrected: {place}",
            "Correct them, put values for formulas and send the file again; remarks belong into the comment column.",
        ),
    ),
    "quotas_overlap": both(
        (
            "안정 배정에서는 서로 겹치는 할당을 함께 쓸 수 없습니다: {quotas}",
            "프로그램 '{program}'의 두 할당에 함께 드는 기업이 있어 안정된 배정이 없을 수 있습니다.",
            "할당의 대상이 겹치지 않게 하거나 method를 total_fit 또는 each_program으로 바꾸십시오.",
        ),
        (
            "Deferred acceptance can't keep quotas that overlap: {quotas}.",
            "At program '{program}' a startup belongs to both, so that no stable matching may exist.",
            "Make the quotas disjoint, or choose total_fit or each_program as the method.",
        ),
    ),
}
