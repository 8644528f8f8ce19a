"""Cells of exports: what a spreadsheet would evaluate is neutralised, everything else stays byte-exact."""

import json
from pathlib import Path

import pytest

from outreach.text.cells import guard_cell

STRINGS = Path(__file__).parent / "fixtures" / "strings"
CASES = json.loads((STRINGS / "csv_formula.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["v"])[:40])
def test_each_cell_as_the_list_says(case: dict[str, str]) -> None:
    value, kind = case["v"], case["kind"]
    assert (guard_cell(value) != value) == (kind == "hostile")
    assert (guard_cell(value, spreadsheet=True) != value) == (kind != "legit_always")


@pytest.mark.parametrize("value", json.loads((STRINGS / "csv_formula_patt.json").read_text(encoding="utf-8")))
def test_published_payloads_are_neutralised(value: str) -> None:
    assert guard_cell(value).startswith("'")


@pytest.mark.parametrize(
    "value", ["＝1+1", "\u200b=1+1", " \t=A1", "+A1+B2", "-A1", "@cell(1)", "=-1", "\ufeff=HYPERLINK(1)"]
)
def test_disguised_formulas_are_neutralised(value: str) -> None:
    assert guard_cell(value).startswith("'")


@pytest.mark.parametrize(
    "value", ["+49 (0)30 1234-567", "+1 555 0100 ext. 12", "-3", "+4,5 %", "- a list item", "@ana", "a=b", ""]
)
def test_honest_cells_stay_as_they_are(value: str) -> None:
    assert guard_cell(value) == value
