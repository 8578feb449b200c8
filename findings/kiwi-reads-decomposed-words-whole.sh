#!/usr/bin/env bash
# One would guess: Kiwi, which decomposes syllables itself, reads text in NFD (as file names and copies from a Mac have
# it) as it reads NFC, or as unknown signs.
# What happens: each word in NFD is one noun with its particle and ending inside, with no sign that anything is amiss:
# 모델을 and 학습한다 become nouns. Words without an ending come out right, so a short try looks fine.
# Seen with kiwipiepy 0.24.1 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="NFC 반도체/NNG 설계/NNG 기업/NNG
NFD 반도체/NNP 설계/NNP 기업/NNP
NFC 모델/NNG 을/JKO 학습/NNG 하/XSV ᆫ다/EF
NFD 모델을/NNG 학습한다/NNG"
finding kiwipiepy==0.24.1 kiwipiepy_model==0.24.0 <<'PROGRAM'
import unicodedata

from kiwipiepy import Kiwi

kiwi = Kiwi()
for text in ("반도체 설계 기업", "모델을 학습한다"):
    for form in ("NFC", "NFD"):
        tokens = kiwi.tokenize(unicodedata.normalize(form, text))
        print(form, *(f"{unicodedata.normalize('NFC', token.form)}/{token.tag}" for token in tokens))
PROGRAM
