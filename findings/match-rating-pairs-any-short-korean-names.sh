#!/usr/bin/env bash
# One would guess: jellyfish's match rating comparison says False, or None, of two names that share no letter.
# What happens: names of two syllables are a match whatever they are, names of three or four are not. The codex of a name
# of four, from which it is judged, repeats its middle: 가온누리 becomes 가온누온누리.
# Seen with jellyfish 1.3.0 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="한빛 두레 True
이음 로봇 True
새나루 큰바위 False
가온누리 세종테크 False
한국반도체 이음 None
codex 이음 -> 이음
codex 가온누리 -> 가온누온누리
jaro-winkler 한빛 두레 0.0"
finding jellyfish==1.3.0 <<'PROGRAM'
import jellyfish

PAIRS = [("한빛", "두레"), ("이음", "로봇"), ("새나루", "큰바위"), ("가온누리", "세종테크"), ("한국반도체", "이음")]
for one, other in PAIRS:
    print(one, other, jellyfish.match_rating_comparison(one, other))
for name in ("이음", "가온누리"):
    print("codex", name, "->", jellyfish.match_rating_codex(name))
print("jaro-winkler 한빛 두레", jellyfish.jaro_winkler_similarity("한빛", "두레"))
PROGRAM
