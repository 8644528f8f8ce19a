"""A cell's text in; the same text out, with `'` before it where a spreadsheet would evaluate it. Phones, numbers and dates stay exact."""

import re
import unicodedata

#: A number or percentage: `-5`, `-12.5%`, `+3,4`.
_NUMBER = re.compile(r"[+\-]?\d[\d.,\s]*%?")
#: A phone: one plus in front, then digits and the signs phones are grouped with.
_PHONE = re.compile(r"\+[\d\s().\-/]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
#: What makes a text behind a sign something to evaluate: a call, a cell, a pipe to a program, arithmetic.
_EVALUATED = re.compile(
    r"[A-Za-z_][\w.]*\s*\(|[|!]|\d\s*[+\-*/^&=<>]\s*[\d(A-Za-z]|^\s*\$?[A-Za-z]{1,3}\$?\d+\b"
)
#: A call without a sign that old spreadsheets ran all the same.
_DDE = re.compile(r"DDE\s*\(", re.IGNORECASE)


def guard_cell(text: str, *, spreadsheet: bool = False) -> str:
    """Return the cell as it may be written.

    Args:
        text: the cell.
        spreadsheet: the stricter mode for files that a person opens in a spreadsheet: whatever begins with a sign is
            neutralised, unless it is a number or a phone.
    """
    bare = _bare(text)
    if not bare or _NUMBER.fullmatch(bare) or _PHONE.fullmatch(bare):
        return text
    sign, rest = bare[0], bare[1:]
    if _DDE.match(bare):
        return "'" + text
    if sign not in "=+-@":
        return text
    # Behind `=` everything is evaluated but the smile `=)`; behind the other signs only what looks like a formula.
    hostile = not rest.startswith(")") if sign == "=" else bool(_EVALUATED.search(rest))
    return "'" + text if hostile or spreadsheet else text


def _bare(text: str) -> str:
    """Return what a spreadsheet sees first: full-width signs folded, blanks and invisible characters dropped."""
    folded = unicodedata.normalize("NFKC", text)
    start = 0
    while start < len(folded) and (
        folded[start].isspace() or unicodedata.category(folded[start]) in {"Cc", "Cf"}
    ):
        start += 1
    return folded[start:].rstrip()
