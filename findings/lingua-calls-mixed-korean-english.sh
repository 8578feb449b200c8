#!/usr/bin/env bash
# One would guess: a text of Hangul with a Latin abbreviation in it is Korean, or detect_multiple_languages_of splits it.
# What happens: one Latin word beside a Korean one is enough for lingua to call the whole text English, and the detection
# of several languages gives one English section over all of it, Hangul included.
# Seen with lingua-language-detector 2.1.1 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="반도체 EDA: ENGLISH ['ENGLISH']
AI 기반 SaaS 플랫폼: ENGLISH ['ENGLISH']
Google for Startups 창업도약패키지: ENGLISH ['ENGLISH']
로봇 SLAM 솔루션: KOREAN ['KOREAN']
창업도약패키지: KOREAN ['KOREAN']"
finding lingua-language-detector==2.1.1 <<'PROGRAM'
from lingua import Language, LanguageDetectorBuilder

detector = LanguageDetectorBuilder.from_languages(Language.KOREAN, Language.ENGLISH).build()
texts = ("반도체 EDA", "AI 기반 SaaS 플랫폼", "Google for Startups 창업도약패키지", "로봇 SLAM 솔루션", "창업도약패키지")
for text in texts:
    sections = [section.language.name for section in detector.detect_multiple_languages_of(text)]
    print(f"{text}: {detector.detect_language_of(text).name} {sections}")
PROGRAM
