#!/usr/bin/env bash
# One would guess: pecab, an analyser of Korean with MeCab's tags, makes one token (SL, SN) of GPU, Google and 2026, as
# MeCab-ko and Kiwi do.
# What happens: every Latin letter and every digit is a token of its own, so a search over its tokens finds any text
# with the same letters.
# Seen with pecab 1.0.8 and kiwipiepy 0.23.2 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="GPU 칩
  pecab G/SL P/SL U/SL 칩/NNG
  kiwi  GPU/SL 칩/NNG
Google와
  pecab G/SL o/SL o/SL g/SL l/SL e/SL 와/JC
  kiwi  Google/SL 와/JC
2026년
  pecab 2/SN 0/SN 2/SN 6/SN 년/NNBC
  kiwi  2026/SN 년/NNB"
finding pecab==1.0.8 kiwipiepy==0.23.2 <<'PROGRAM'
from kiwipiepy import Kiwi
from pecab import PeCab

pecab, kiwi = PeCab(), Kiwi()
for text in ("GPU 칩", "Google와", "2026년"):
    print(text)
    print("  pecab", *(f"{form}/{tag}" for form, tag in pecab.pos(text)))
    print("  kiwi ", *(f"{token.form}/{token.tag}" for token in kiwi.tokenize(text)))
PROGRAM
