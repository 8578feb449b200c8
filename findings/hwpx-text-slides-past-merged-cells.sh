#!/usr/bin/env bash
# One would guess: python-hwpx writes a table as text with as many columns in each row as the table has, an empty one
# for what a merged cell covers, as its own Markdown of the same table does.
# What happens: export_text leaves covered cells out, so beside a cell that is merged downwards each value moves one
# column to the left: what is due in the second year stands under 연차, and the year under 구분.
# Seen with python-hwpx 6.9.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="['구분', '연차', '지원금']
['일반형', '1년', '1억']
['2년', '2억']
| 구분 | 연차 | 지원금 |
| 일반형 | 1년 | 1억 |
|  | 2년 | 2억 |"
finding python-hwpx==6.9.0 <<'PROGRAM'
from hwpx import HwpxDocument

rows = [["구분", "연차", "지원금"], ["일반형", "1년", "1억"], ["", "2년", "2억"]]
document = HwpxDocument.new()
table = document.add_table(3, 3)
for row, cells in enumerate(rows):
    for column, cell in enumerate(cells):
        table.set_cell_text(row, column, cell)
table.merge_cells(1, 0, 2, 0)
for line in document.export_text().strip().splitlines():
    print([cell for cell in line.split("\t") if cell])
for line in document.export_markdown().splitlines():
    if line.startswith("|") and "---" not in line:
        print(line.replace("<br>", ""))
PROGRAM
