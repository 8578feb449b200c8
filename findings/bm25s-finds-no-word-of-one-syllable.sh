#!/usr/bin/env bash
# One would guess: bm25s takes every word of a Korean text, since a word is a word at any length.
# What happens: its tokenizer keeps only words of two characters and more, which for Hangul drops 칩, 앱, 물 and 빛,
# whole words of one syllable: a query for 칩 has no term, and retrieve answers with documents all the same, at 0.
# Seen with bm25s 0.3.16 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="['설계', '자동화']
칩: scores [0.0, 0.0, 0.0]
설계: best is '칩 설계 자동화'
칩, pattern of one character and more: best is '칩 설계 자동화'"
finding bm25s==0.3.16 numpy==2.3.5 <<'PROGRAM'
import bm25s

texts = ["앱 개발", "칩 설계 자동화", "물 관리"]
print(bm25s.tokenize(texts[1:2], return_ids=False, show_progress=False)[0])


def asked(query, **how):
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False, **how), show_progress=False)
    documents, scores = index.retrieve(bm25s.tokenize(query, show_progress=False, **how), k=3, show_progress=False)
    return texts[int(documents[0][0])], [round(float(score), 3) for score in scores[0]]


print("칩: scores", asked("칩")[1])
print(f"설계: best is {asked('설계')[0]!r}")
any_length = asked("칩", token_pattern=r"(?u)\b\w+\b")[0]
print(f"칩, pattern of one character and more: best is {any_length!r}")
PROGRAM
