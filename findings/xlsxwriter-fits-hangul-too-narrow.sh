#!/usr/bin/env bash
# One would guess: XlsxWriter's autofit makes a column of ten Hangul syllables about twice as wide as one of ten digits,
# since a syllable takes two columns of a spreadsheet; a column's width counts digits.
# What happens: a syllable is taken to be about as wide as a small Latin letter. The column of ten syllables comes out
# at 12.43 where some 20 are needed, less than that of ten capital W, so Korean headings are cut.
# Seen with XlsxWriter 3.3.1 and openpyxl 3.1.5 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="A 0123456789 11.0
B 가나다라마바사아자차 12.43
C WWWWWWWWWW 19.57"
finding xlsxwriter==3.3.1 openpyxl==3.1.5 <<'PROGRAM'
import io

import openpyxl
import xlsxwriter

file = io.BytesIO()
book = xlsxwriter.Workbook(file, {"in_memory": True})
sheet = book.add_worksheet()
TEXTS = ("0123456789", "가나다라마바사아자차", "WWWWWWWWWW")
for column, text in enumerate(TEXTS):
    sheet.write_string(0, column, text)
sheet.autofit()
book.close()
widths = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active.column_dimensions
for letter, text in zip("ABC", TEXTS, strict=True):
    print(letter, text, round(widths[letter].width, 2))
PROGRAM
