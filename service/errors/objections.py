"""Objections that are unknown, or can't be recorded so."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "objection_not_found": both(
        (
            "이의신청 '{id}'을(를) 찾을 수 없습니다.",
            "기록된 이의신청 가운데 이 id가 없거나, 맡은 프로그램의 이의신청이 아닙니다.",
            "id를 GET /api/v1/objections 목록에서 확인하십시오.",
        ),
        (
            "Objection '{id}' is not known.",
            "No objection on a program of yours has this id.",
            "Look the id up at GET /api/v1/objections.",
        ),
    ),
    "objection_answered": both(
        (
            "이의신청 '{id}'에는 이미 답변하였습니다.",
            "이의신청 한 건에는 한 번만 답변합니다.",
            "GET /api/v1/objections/{id}에서 답변을 확인하십시오.",
        ),
        (
            "Objection '{id}' was answered already.",
            "Each objection is answered once.",
            "Read the answer at GET /api/v1/objections/{id}.",
        ),
    ),
    "objection_about_nothing": both(
        (
            "무엇에 대한 이의신청인지 정해지지 않았습니다.",
            "run_id와 decision_id 가운데 하나만 적어야 합니다.",
            "추천 결과에 대한 것이면 run_id를, 결정에 대한 것이면 decision_id를 적으십시오.",
        ),
        (
            "It is not said what the objection is about.",
            "Exactly one of run_id and decision_id is needed.",
            "Give the run_id of an answer, or the decision_id of a decision.",
        ),
    ),
}
