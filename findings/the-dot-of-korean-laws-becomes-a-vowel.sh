#!/usr/bin/env bash
# One would guess: transliterating the dot ㆍ of Korean laws and notices gives a sign or nothing, as it does for ·.
# What happens: by its name it is the vowel arae-a, so anyascii makes it the letter o, Unidecode a U, and python-slugify
# joins what it parts: 기계ㆍ로봇 is GiGyeoLoBos, gigyeUrobos and gigyeurobos. With allow_unicode it stays in the slug as
# the conjoining vowel U+119E, which is another letter again.
# Seen with anyascii 0.3.3, Unidecode 1.4.0 and python-slugify 9.2.0 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="기계·로봇 GiGye-LoBos gigye*robos gigye-robos 기계-로봇
기계ㆍ로봇 GiGyeoLoBos gigyeUrobos gigyeurobos 기계ᆞ로봇
kept as U+119E"
finding anyascii==0.3.3 Unidecode==1.4.0 python-slugify==9.2.0 text-unidecode==1.3 <<'PROGRAM'
from anyascii import anyascii
from slugify import slugify
from unidecode import unidecode

for text in ("기계·로봇", "기계ㆍ로봇"):
    print(text, anyascii(text), unidecode(text), slugify(text), slugify(text, allow_unicode=True))
print(f"kept as U+{ord(slugify('기계ㆍ로봇', allow_unicode=True)[2]):04X}")
PROGRAM
