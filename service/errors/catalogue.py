"""Startups and programs that are missing, or can't be changed so."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "startup_not_found": both(
        (
            "창업기업 '{id}'을(를) 찾을 수 없습니다.",
            "등록된 창업기업 가운데 이 id가 없습니다.",
            "id를 GET /api/v1/startups 목록에서 확인하십시오.",
        ),
        (
            "Startup '{id}' is not known.",
            "No startup in the catalogue has this id.",
            "Look the id up at GET /api/v1/startups.",
        ),
    ),
    "program_not_found": both(
        (
            "프로그램 '{id}'을(를) 찾을 수 없습니다.",
            "등록된 프로그램 가운데 이 id가 없습니다.",
            "id를 GET /api/v1/programs 목록에서 확인하십시오.",
        ),
        (
            "Program '{id}' is not known.",
            "No program in the catalogue has this id.",
            "Look the id up at GET /api/v1/programs.",
        ),
    ),
    "program_not_ranked": both(
        (
            "프로그램 '{id}'은(는) 추천 대상이 아닙니다.",
            "신청을 받지 않는 참고 항목(role: reference)이므로 순위를 매기지 않습니다.",
            "신청을 받는 프로그램(role: open_call)의 id로 요청하십시오.",
        ),
        (
            "Program '{id}' is not ranked.",
            "It takes no applications (role: reference), so no startup is ranked for it.",
            "Ask with the id of a program that takes applications (role: open_call).",
        ),
    ),
    "id_differs": both(
        (
            "본문의 id와 주소의 id가 다릅니다.",
            "주소는 '{path}', 본문은 '{body}'입니다. 등록한 뒤에는 id를 바꿀 수 없습니다.",
            "두 id를 같게 하십시오.",
        ),
        (
            "The body's id is not the address's.",
            "The address says '{path}', the body '{body}'. An id can't change.",
            "Make both the same.",
        ),
    ),
    "in_use": both(
        (
            "프로그램 '{id}'을(를) 삭제할 수 없습니다.",
            "이 프로그램에 참여한 기록이 남아 있습니다.",
            "기록을 보존해야 하므로 삭제하지 말고 closes_on을 정하여 접수를 마감하십시오.",
        ),
        (
            "Program '{id}' can't be deleted.",
            "Records of participation refer to it.",
            "Keep it, and close it by setting closes_on.",
        ),
    ),
}
