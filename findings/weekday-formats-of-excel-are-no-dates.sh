#!/usr/bin/env bash
# One would guess: a cell that a Korean sheet shows as 화요일 or 화 (number formats aaaa and aaa) is a date for the
# libraries that read workbooks, as one with the English dddd is.
# What happens: openpyxl and calamine look for the letters of years, months, days and hours only; aaa, aaaa and the era's
# year (ggge"년") are plain numbers to both: 46000. Beside a year in the same format the cell is a date.
# Seen with openpyxl 3.1.5, python-calamine 0.9.1 and files of XlsxWriter 3.2.9 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED='dddd: openpyxl datetime, calamine date
aaaa: openpyxl int, calamine float
aaa: openpyxl int, calamine float
ggge"년": openpyxl int, calamine float
yyyy-mm-dd(aaa): openpyxl datetime, calamine date'
finding openpyxl==3.1.5 et_xmlfile==2.0.0 python-calamine==0.9.1 XlsxWriter==3.2.9 <<'PROGRAM'
import openpyxl
import python_calamine
import xlsxwriter

FORMATS = ("dddd", "aaaa", "aaa", 'ggge"년"', "yyyy-mm-dd(aaa)")
with xlsxwriter.Workbook("days.xlsx") as book:
    sheet = book.add_worksheet()
    for row, form in enumerate(FORMATS):
        sheet.write_number(row, 0, 46000, book.add_format({"num_format": form}))
cells = openpyxl.load_workbook("days.xlsx").active
rows = python_calamine.CalamineWorkbook.from_path("days.xlsx").get_sheet_by_index(0).to_python()
for row, form in enumerate(FORMATS):
    here, there = cells.cell(row + 1, 1).value, rows[row][0]
    print(f"{form}: openpyxl {type(here).__name__}, calamine {type(there).__name__}")
PROGRAM
