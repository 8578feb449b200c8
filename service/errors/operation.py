"""What the operator must see to: the model, the database, the settings."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "no_model": both(
        (
            "사용할 수 있는 추천 모델이 없습니다.",
            "모델이 아직 준비되지 않았거나 검증을 통과하지 못했습니다.",
            "잠시 뒤 다시 시도하십시오. 담당자는 ieum-train fit으로 모델을 만들거나 ieum activate로 버전을 지정합니다.",
        ),
        (
            "There is no model to answer with.",
            "None was published yet, or the one named did not pass its checks.",
            "Try again later. The operator makes one with ieum-train fit, or names one with ieum activate.",
        ),
    ),
    "catalogue_preparing": both(
        (
            "새로 들어온 창업기업을 읽고 있습니다.",
            "창업기업 {total}곳 가운데 {left}곳의 소개를 아직 읽지 못해, 빠짐없는 목록을 만들 수 없습니다.",
            "Retry-After만큼 기다린 뒤 다시 시도하십시오. 창업기업마다의 추천은 지금도 됩니다.",
        ),
        (
            "New startups are being read.",
            "Of {total} startups, the texts of {left} are still unread, so no complete list can be made.",
            "Wait as long as Retry-After says and try again. Programs for a single startup are ranked meanwhile.",
        ),
    ),
    "artifact_refused": both(
        (
            "모델 '{version}'을(를) 쓸 수 없습니다.",
            "{reason_ko}",
            "쓰던 모델은 그대로입니다. 모델을 다시 만들거나 ieum activate로 다른 버전을 지정하십시오.",
        ),
        (
            "Model '{version}' can't be used.",
            "{reason_en}",
            "The model in use stays. Make this one again, or name another version with ieum activate.",
        ),
    ),
    "database_unavailable": both(
        (
            "지금은 데이터베이스에 연결할 수 없습니다.",
            "데이터베이스가 응답하지 않습니다.",
            "Retry-After만큼 기다린 뒤 다시 시도하십시오. 처리된 내용은 없습니다.",
        ),
        (
            "The database can't be reached now.",
            "It does not answer.",
            "Wait as long as Retry-After says and try again. Nothing was done.",
        ),
    ),
    "database_not_durable": both(
        (
            "이 PostgreSQL에서는 서비스를 시작할 수 없습니다.",
            "{names} 설정이 꺼져 있어, 정전이 되면 이미 처리했다고 알린 결정이 사라질 수 있습니다.",
            "PostgreSQL에서 이 설정을 켠 뒤 다시 시작하십시오.",
        ),
        (
            "The service does not start on this PostgreSQL.",
            "{names} is off: when its machine fails, decisions that were acknowledged could be lost.",
            "Switch it on in PostgreSQL, then start again.",
        ),
    ),
    "schema_newer": both(
        (
            "데이터베이스의 구조가 이 버전보다 새것입니다.",
            "데이터베이스는 '{found}', 프로그램은 '{wanted}'이고, 새 구조는 이 버전에서 쓸 수 없습니다.",
            "더 새로운 버전의 이음을 쓰거나, 새 버전으로 옮기기 전의 백업을 복구하십시오.",
        ),
        (
            "The database's schema is newer than this version.",
            "The database has '{found}', the program '{wanted}', which can't use it.",
            "Use a newer version of Ieum, or restore the backup from before the upgrade.",
        ),
    ),
    "schema_outdated": both(
        (
            "데이터베이스의 구조가 이 버전과 다릅니다.",
            "데이터베이스는 '{found}', 프로그램은 '{wanted}'입니다.",
            "ieum migrate를 먼저 실행하십시오.",
        ),
        (
            "The database's schema is not this version's.",
            "The database has '{found}', the program '{wanted}'.",
            "Run ieum migrate first.",
        ),
    ),
    "not_ready": both(
        (
            "서비스가 요청을 받을 준비가 되지 않았습니다.",
            "{reason}",
            "아직 시작하는 중이면 잠시 기다리고, 그렇지 않으면 서비스의 로그를 확인하십시오.",
        ),
        (
            "The service is not ready for requests.",
            "{reason}",
            "Wait a moment if it is still starting; otherwise look at its log.",
        ),
    ),
    "address_taken": both(
        (
            "{address}에서 서비스를 시작할 수 없습니다.",
            "다른 프로그램이 이미 쓰고 있거나 쓸 수 없는 주소입니다({reason}).",
            "먼저 시작한 서비스를 멈추거나 IEUM_PORT, IEUM_HOST를 바꾸어 다시 실행하십시오.",
        ),
        (
            "The service can't start at {address}.",
            "Another program listens there, or the address can't be used ({reason}).",
            "Stop the service that was started before, or change IEUM_PORT or IEUM_HOST.",
        ),
    ),
    "bad_setting": both(
        (
            "설정 {name}의 값 '{value}'을(를) 쓸 수 없습니다.",
            "쓸 수 있는 값: {allowed}",
            "환경 변수를 고친 뒤 다시 실행하십시오.",
        ),
        ("The setting {name} can't be '{value}'.", "It may be: {allowed}", "Correct the environment variable."),
    ),
}
