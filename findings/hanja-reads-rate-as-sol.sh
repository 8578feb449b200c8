#!/usr/bin/env bash
# One would guess: a library that turns Chinese characters into Hangul knows the everyday readings of official papers
# (率 is 율 or 률, 不 before ㄷ or ㅈ is 부, 十月 is 시월, 陳列 is 진열), since it does apply the initial-sound rule.
# What happens: 率 is read 솔 in every word, its rarest reading, so that a 利率 or a 比率 of a notice becomes a word that
# does not exist; 不動産, 十月, 六月 and 陳列 come letter by letter. 規律, 勞動 and 年度 come right.
# Seen with hanja 0.15.1 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="利率 -> 이솔 (이율)
比率 -> 비솔 (비율)
增加率 -> 증가솔 (증가율)
生産率 -> 생산솔 (생산율)
不動産 -> 불동산 (부동산)
十月 -> 십월 (시월)
六月 -> 육월 (유월)
陳列 -> 진렬 (진열)
規律 -> 규율 (규율)
勞動 -> 노동 (노동)
2026年度 -> 2026년도 (2026년도)"
finding hanja==0.15.1 <<'PROGRAM'
import hanja

WORDS = {
    "利率": "이율", "比率": "비율", "增加率": "증가율", "生産率": "생산율", "不動産": "부동산", "十月": "시월",
    "六月": "유월", "陳列": "진열", "規律": "규율", "勞動": "노동", "2026年度": "2026년도",
}
for word, reading in WORDS.items():
    print(word, "->", hanja.translate(word, "substitution"), f"({reading})")
PROGRAM
