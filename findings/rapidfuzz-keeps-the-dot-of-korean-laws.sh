#!/usr/bin/env bash
# One would guess: RapidFuzz's default_process, which makes signs into spaces, treats all middle dots alike, so that
# 제조ㆍ서비스 and 제조·서비스 are the same to every ratio.
# What happens: the dot that Korean laws and notices are written with (U+318D) is a letter by its category and stays;
# the six others go. The two spellings of one phrase score 83, and by sorted words 50, instead of 100.
# Seen with RapidFuzz 3.14.6 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="U+318D 제조ㆍ서비스 83.3 50.0
U+00B7 제조 서비스 100.0 100.0
U+30FB 제조 서비스 100.0 100.0
U+FF65 제조 서비스 100.0 100.0
U+2027 제조 서비스 100.0 100.0
U+2022 제조 서비스 100.0 100.0
U+2219 제조 서비스 100.0 100.0"
finding rapidfuzz==3.14.6 <<'PROGRAM'
from rapidfuzz import fuzz, utils

for dot in "ㆍ·・･‧•∙":
    phrase = f"제조{dot}서비스"
    ratios = (
        fuzz.ratio(phrase, "제조 서비스", processor=utils.default_process),
        fuzz.token_sort_ratio(phrase, "서비스 제조", processor=utils.default_process),
    )
    print(f"U+{ord(dot):04X}", utils.default_process(phrase), *(round(ratio, 1) for ratio in ratios))
PROGRAM
