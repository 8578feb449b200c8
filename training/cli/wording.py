"""What the command line says, in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping

Both = Mapping[str, str]

LANGUAGES = ("ko", "en")

HELP: Mapping[str, Both] = {
    "": {
        "ko": "스냅샷으로 매칭 모델을 학습·평가·발행하고, 만든 모델로 추천 목록을 만듭니다.",
        "en": "Fit, evaluate and publish the matching model from a snapshot, and make ranked lists with it.",
    },
    "fit": {
        "ko": "모델을 학습·평가하고 관문을 통과하면 발행합니다. 마지막 줄에 발행한 폴더를 적습니다.",
        "en": "Fit, evaluate, gate and publish a model; the last line is the artifact's path.",
    },
    "evaluate": {
        "ko": "모델의 추천 품질을 비교 방법들과 함께 자세히 평가합니다.",
        "en": "Evaluate a model's ranking quality in depth beside every baseline.",
    },
    "rank": {
        "ko": "파일에 든 기업과 프로그램으로 추천 목록을 만듭니다.",
        "en": "Make ranked lists for files of startups and programs.",
    },
    "inspect": {
        "ko": "모델의 명세, 근거 종류, 가중치, 평가 수치를 보여 줍니다.",
        "en": "Show a model's manifest, blocks, weights and metrics.",
    },
    "verify": {
        "ko": "모델 파일의 검사값, 서명, 예시 점수를 확인합니다. 의심스러우면 1로 끝납니다.",
        "en": "Check a model's checksums, signature and golden examples; exits with 1 on any doubt.",
    },
    "snapshot": {"ko": "스냅샷 폴더", "en": "snapshot folder"},
    "out": {"ko": "모델을 발행할 폴더", "en": "folder in which models are published"},
    "rank.out": {"ko": "결과 파일(.csv 또는 .jsonl)", "en": "file to write, .csv or .jsonl"},
    "artifact": {"ko": "모델 폴더", "en": "model folder"},
    "seed": {"ko": "난수 씨앗", "en": "seed of every random choice"},
    "force": {
        "ko": "관문을 통과하지 못해도 이 사유로 발행합니다. 사유는 명세에 남습니다.",
        "en": "publish past the gate for this reason, which lands in the manifest",
    },
    "sign": {
        "ko": "서명할 Ed25519 개인 열쇠 파일(32바이트)",
        "en": "file with the Ed25519 private key to sign with (32 bytes)",
    },
    "key": {
        "ko": "서명을 확인할 Ed25519 공개 열쇠 파일(32바이트)",
        "en": "file with the Ed25519 public key (32 bytes)",
    },
    "vocabularies": {"ko": "용어집 폴더", "en": "folder of vocabularies"},
    "table": {
        "ko": "질의마다 한 줄씩, 묶음과 지표를 적을 CSV 파일(분석용)",
        "en": "write one row a query with its groups and metrics to this CSV file, for analysts",
    },
    "json": {"ko": "평가 결과를 JSON으로 적을 파일", "en": "write the figures to this file as JSON"},
    "html": {
        "ko": "모델 카드(HTML, 한국어·영어)를 적을 폴더",
        "en": "folder for the model card (HTML, Korean and English)",
    },
    "startups": {"ko": "기업 파일(JSON Lines)", "en": "file of startups (JSON lines)"},
    "programs": {"ko": "프로그램 파일(JSON Lines)", "en": "file of programs (JSON lines)"},
    "on": {
        "ko": "기준일(YYYY-MM-DD, 기본값은 오늘)",
        "en": "day to decide eligibility on (YYYY-MM-DD, today by default)",
    },
    "limit": {
        "ko": "목록마다 적을 개수(기본값 10, --ignore-eligibility를 쓰면 전체)",
        "en": "entries in each list (10 by default, all with --ignore-eligibility)",
    },
    "for": {
        "ko": "목록의 주인: startups는 기업마다 프로그램을, programs는 프로그램마다 기업을 적습니다.",
        "en": "whose lists: programs for each of the startups, or startups for each of the programs",
    },
    "include_ineligible": {
        "ko": "신청할 수 없는 상대도 목록에 넣고 판정을 적습니다.",
        "en": "list ineligible candidates as well, with their verdict",
    },
    "include_known": {
        "ko": "이미 신청·선정·참여·포기·탈락한 프로그램 계열도 목록에 넣습니다.",
        "en": "list families to which a startup has applied, or that took or refused it, as well",
    },
    "ignore_eligibility": {
        "ko": "자격 규칙을 적용하지 않습니다. 판정란은 비웁니다.",
        "en": "apply no eligibility rule at all; the verdict stays empty",
    },
    "nearest": {
        "ko": "프로그램마다 색인이 찾은 가까운 기업 이만큼만 정확히 채점합니다(--for programs).",
        "en": "score exactly only as many startups, the nearest that an index finds for each program (--for programs)",
    },
    "scheduler": {
        "ko": "여러 컴퓨터에서 나누어 처리할 Dask 스케줄러의 주소(tcp://…)",
        "en": "address of a Dask scheduler (tcp://…) whose workers share the work",
    },
    "language": {"ko": "안내 언어", "en": "language of messages"},
    "help": {"ko": "이 도움말을 보여 줍니다.", "en": "Show this help."},
}

STEPS: Mapping[str, Both] = {
    "read": {"ko": "글 읽기", "en": "reading texts"},
    "words": {"ko": "단어", "en": "words"},
    "meaning": {"ko": "주제", "en": "topics"},
    "sentences": {"ko": "문장 의미", "en": "sentences"},
    "learn": {"ko": "과거 참여 기업 학습", "en": "learning from past participants"},
    "vectors": {"ko": "기업 벡터", "en": "vectors of startups"},
    "index": {"ko": "색인 만들기", "en": "indexing"},
    "rank": {"ko": "목록 만들기", "en": "ranking"},
    "evaluate": {"ko": "평가", "en": "evaluating"},
    "ablation": {"ko": "근거별 기여 측정", "en": "measuring each block"},
    "learning curve": {"ko": "학습 곡선", "en": "learning curve"},
}

SAYINGS: Mapping[str, Both] = {
    "faults": {
        "ko": "자료에 잘못된 곳이 {count}곳 있어 아무것도 쓰지 않았습니다. 앞의 {shown}곳은 다음과 같습니다.",
        "en": "The data has {count} faults; nothing of it was used. The first {shown}:",
    },
    "no_index": {
        "ko": "snapshot.json이 없어 파일이 바뀌지 않았는지는 확인하지 못했습니다.",
        "en": "There is no snapshot.json, so it could not be checked that the files are unchanged.",
    },
    "refused": {
        "ko": "관문을 통과하지 못해 발행하지 않았습니다. 그래도 발행하려면 --force 뒤에 사유를 적으십시오.",
        "en": "The gate was not passed and nothing was published. To publish all the same, give a reason with --force.",
    },
    "forced": {
        "ko": "다음 사유로 관문을 넘겨 발행합니다: {reason}",
        "en": "Published past the gate for this reason: {reason}",
    },
    "fit_running": {
        "ko": "같은 폴더에서 다른 학습이 진행 중이어서 시작하지 않았습니다. 끝난 뒤 다시 실행하십시오.",
        "en": "Another fit into the same folder is under way, so none was begun. Run it again when that one has ended.",
    },
    "no_cluster": {
        "ko": "Dask 스케줄러를 쓸 수 없습니다: {what}. 주소를 확인하고, distributed가 설치되어 있는지 확인하십시오.",
        "en": "The Dask scheduler can't be used: {what}. Check its address, and that distributed is installed.",
    },
    "no_index_library": {
        "ko": "색인 라이브러리가 설치되어 있지 않습니다. {what}",
        "en": "The library of the index is not installed: {what}",
    },
    "all_scored": {
        "ko": "기업이 {most:,}곳 이하여서 색인 없이 모두 채점했습니다.",
        "en": "There are no more than {most:,} startups, so all were scored without an index.",
    },
    "recall": {
        "ko": "재현율@{limit}: {share:.4f} (많아야 {sample}개 프로그램을 골라 모든 기업을 채점한 목록과 견줌)",
        "en": "recall@{limit}: {share:.4f} (beside lists from every startup, for up to {sample} of the programs)",
    },
    "bad_nearest": {
        "ko": "--nearest는 --for programs와 함께 --limit 이상으로 정하며, --scheduler와는 함께 쓸 수 없습니다.",
        "en": "--nearest goes with --for programs and a --limit that is no larger, and without --scheduler.",
    },
    "empty_reason": {"ko": "--force에는 사유를 적어야 합니다.", "en": "--force needs a reason."},
    "wrote_rows": {"ko": "{count:,}줄을 {path}에 적었습니다.", "en": "Wrote {count:,} rows to {path}."},
    "wrote": {"ko": "{path}에 적었습니다.", "en": "Wrote {path}."},
    "verified": {
        "ko": "{version}: 파일 {files}개의 검사값과 예시 점수가 맞습니다.",
        "en": "{version}: {files} files and the golden examples are as they were written.",
    },
    "signature_checked": {"ko": "서명을 확인했습니다.", "en": "The signature is right."},
    "signature_unchecked": {
        "ko": "열쇠(--key)를 주지 않아 서명은 확인하지 않았습니다.",
        "en": "No key was given (--key), so the signature was not checked.",
    },
    "bad_day": {"ko": "날짜는 YYYY-MM-DD 형식이어야 합니다.", "en": "A day is written YYYY-MM-DD."},
    "bad_ending": {"ko": "결과 파일은 .csv 또는 .jsonl로 끝나야 합니다.", "en": "The file must end in .csv or .jsonl."},
    "bad_key": {"ko": "열쇠 파일은 정확히 32바이트여야 합니다.", "en": "A key file holds exactly 32 bytes."},
    "one_rule": {
        "ko": "--include-ineligible과 --ignore-eligibility는 함께 쓸 수 없습니다.",
        "en": "--include-ineligible and --ignore-eligibility can't be used together.",
    },
    "cant_write": {"ko": "파일을 읽거나 쓸 수 없습니다: {what}", "en": "A file can't be read or written: {what}"},
    "bad_vocabularies": {"ko": "용어집을 읽을 수 없습니다: {what}", "en": "The vocabularies can't be read: {what}"},
}

HEADINGS: Mapping[str, Both] = {
    "file": {"ko": "파일", "en": "file"},
    "line": {"ko": "줄", "en": "line"},
    "field": {"ko": "항목", "en": "field"},
    "value": {"ko": "값", "en": "value"},
    "what": {"ko": "잘못된 점과 고칠 방법", "en": "what is wrong and what to do"},
    "block": {"ko": "근거", "en": "block"},
    "weights": {"ko": "가중치", "en": "weights"},
    "manifest": {"ko": "명세", "en": "manifest"},
    "metrics": {"ko": "평가 수치", "en": "metrics"},
}


def say(key: str, language: str, **facts: object) -> str:
    """Say something in `ko` or `en`."""
    return SAYINGS[key][language].format(**facts)
