#!/usr/bin/env bash
# One would guess: a romanizer that moves final consonants as the Revised Romanization does (설악 Seorak, 좋고 joko)
# also applies its assimilation of consonants, so that place names come as on road signs.
# What happens: nasals and ㄹ are not assimilated at all, nor is the ㄴ of compounds put in: 종로 is jongro (Jongno),
# 신라 sinra (Silla), 독립문 dokripmun (Dongnimmun). Addresses written so match no official one.
# Seen with korean_romanizer 0.28.0 on 2026-11-30; official forms after the culture ministry's notice 2014-42.
source "$(dirname "$0")/_run.sh"
EXPECTED="설악 seorak (seorak)
좋고 joko (joko)
종로 jongro (jongno)
신라 sinra (silla)
왕십리 wangsipri (wangsimni)
독립문 dokripmun (dongnimmun)
대관령 daegwanryeong (daegwallyeong)
학여울 hagyeoul (hangnyeoul)
알약 aryak (allyak)"
finding korean_romanizer==0.28.0 <<'PROGRAM'
from korean_romanizer.romanizer import Romanizer

NAMES = {
    "설악": "seorak", "좋고": "joko", "종로": "jongno", "신라": "silla", "왕십리": "wangsimni",
    "독립문": "dongnimmun", "대관령": "daegwallyeong", "학여울": "hangnyeoul", "알약": "allyak",
}
for name, official in NAMES.items():
    print(name, Romanizer(name).romanize(), f"({official})")
PROGRAM
