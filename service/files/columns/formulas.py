"""Text that a spreadsheet program would run as a formula: marked in CSV, and the mark taken off when read."""

from __future__ import annotations

import re

MARK = "'"
_ACTIVE = re.compile(r"'*[\s\0-\x20\u200b-\u200f\u2028-\u202e\u2060\ufeff\xad]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|'*[\t\r\n]")
"""What a formula begins with, in ASCII and in the forms that Korean input writes, behind any blanks and marks."""


def is_active(text: str) -> bool:
    """Tell whether a spreadsheet program might run the text, or whether it begins like one that was marked.

    >>> is_active("=1+1"), is_active("이음")
    (True, False)
    """
    return _ACTIVE.match(text) is not None


def guarded(text: str) -> str:
    """Mark a text that might be run by one apostrophe; every other text stays as it is.

    >>> guarded("＝HYPERLINK(1)"), guarded("it's")
    ("'＝HYPERLINK(1)", "it's")
    """
    return MARK + text if is_active(text) else text


def unguarded(text: str) -> str:
    """Take off the mark that `guarded` put on; the two undo each other for every text.

    >>> unguarded(guarded("'=1"))
    "'=1"
    """
    return text[1:] if text.startswith(MARK) and is_active(text) else text
