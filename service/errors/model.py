"""What stands in the way of changing the model in use."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "model_version_not_found": both(
        (
            "모델 '{version}'을(를) 찾을 수 없습니다.",
            "모델 폴더에 그런 이름의 버전이 없습니다.",
            "ieum models 또는 GET /api/v1/model/versions에서 이름을 확인하십시오.",
        ),
        (
            "There is no model version '{version}'.",
            "The folder of artifacts holds none of that name.",
            "Look the names up with ieum models or GET /api/v1/model/versions.",
        ),
    ),
    "no_previous_model": both(
        (
            "되돌릴 모델이 없습니다.",
            "지금 쓰는 모델보다 먼저 쓰던 모델의 기록이 없습니다.",
            "ieum activate로 쓸 버전을 직접 지정하십시오.",
        ),
        (
            "There is no model to go back to.",
            "No version is recorded as the one in use before.",
            "Name the version to use with ieum activate.",
        ),
    ),
    "model_change_running": both(
        (
            "모델을 바꾸는 다른 작업이 진행 중입니다.",
            "사용할 모델은 한 번에 한 작업만 바꿀 수 있습니다.",
            "잠시 뒤 ieum models로 결과를 확인한 다음 다시 시도하십시오.",
        ),
        (
            "Somebody else is changing the model now.",
            "The version in use is changed by one at a time.",
            "Wait a moment, see what came of it with ieum models, then try again.",
        ),
    ),
    "other_snapshot": both(
        (
            "'{name}'은(는) 모델 '{version}'이(가) 학습한 스냅샷이 아닙니다.",
            "검사값이 모델의 기록과 다릅니다.",
            "학습에 쓴 스냅샷 폴더를 지정하거나 --snapshot 없이 실행하십시오.",
        ),
        (
            "'{name}' is not the snapshot that model '{version}' was fitted on.",
            "Its checksum is not the one in the model's manifest.",
            "Name the folder that was fitted on, or leave --snapshot out.",
        ),
    ),
    "artifacts_not_writable": both(
        (
            "모델 폴더에 쓸 수 없어 모델을 바꾸지 못했습니다.",
            "폴더가 없거나, 읽기 전용이거나, 디스크가 가득 찼습니다. 쓰던 모델은 그대로입니다.",
            "IEUM_ARTIFACTS 폴더의 권한과 남은 공간을 확인한 뒤 다시 시도하십시오.",
        ),
        (
            "The model was not changed: the folder of artifacts can't be written to.",
            "It is missing, read-only or full. The model in use stays.",
            "See to the rights and the space of the folder IEUM_ARTIFACTS, then try again.",
        ),
    ),
}
