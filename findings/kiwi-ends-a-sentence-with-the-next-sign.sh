#!/usr/bin/env bash
# One would guess: a sentence splitter for Korean puts the signs that open a remark or a list item in Korean notices
# (※, ○, ▶) at the head of the sentence that they open, as it does with ① and as it keeps "1. 5.(월)" whole.
# What happens: each of these signs ends the sentence before it, so the remark loses its sign and the sentence before
# gets one: what reads "※ 부가세는 제외" is taken for a main clause.
# Seen with kiwipiepy 0.24.1 (model 0.24.0) on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="지원금은 최대 1억원이다. ※ | 부가세는 제외한다.
신청은 온라인으로 한다. ▶ | 서류는 우편으로 보낸다.
기업은 신청한다. ○ | 대상은 창업기업이다. ○ | 기간은 한 달이다.
신청합니다. | ① 서류를 냅니다. | ② 발표합니다.
접수기간은 2026. 1. 5.(월)부터 1. 23.(금) 16:00까지입니다. | 문의는 전화로 주십시오."
finding kiwipiepy==0.24.1 kiwipiepy_model==0.24.0 <<'PROGRAM'
from kiwipiepy import Kiwi

kiwi = Kiwi()
for text in (
    "지원금은 최대 1억원이다. ※ 부가세는 제외한다.",
    "신청은 온라인으로 한다. ▶ 서류는 우편으로 보낸다.",
    "기업은 신청한다. ○ 대상은 창업기업이다. ○ 기간은 한 달이다.",
    "신청합니다. ① 서류를 냅니다. ② 발표합니다.",
    "접수기간은 2026. 1. 5.(월)부터 1. 23.(금) 16:00까지입니다. 문의는 전화로 주십시오.",
):
    print(" | ".join(sentence.text for sentence in kiwi.split_into_sents(text)))
PROGRAM
