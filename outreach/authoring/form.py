"""The questions of a file and somebody who answers, or a file of answers, in; the checked answers out."""

import math
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

from outreach.authoring.checks import why_bad
from outreach.authoring.questions import Question, default_of
from outreach.authoring.sheet import Item, Sheet, once_each
from outreach.errors import FileError, FileErrors, OutreachError
from outreach.workspace.files import near_match
from outreach.workspace.strict_yaml import Document

#: Asks a person one question. Given: the question, what an empty answer stands for, and why the last one was refused.
Ask = Callable[[Question, str, str], str]
MAX_ROWS = 20
_REQUIRED = "an answer is needed here"
_IN_DIGITS = "write a number in digits, without separators"
_AMBIGUOUS = re.compile(r"[.,]\d{3}$")
_NUMBER_MARKS = str.maketrans("", "", " _'’")


class RefusedError(Exception):
    """An answer that would make a bad file; the text says why."""


def ask_all(asked: Sequence[Question], ask: Ask, given: Sheet, language: str) -> Sheet:
    """Ask every question that `given` does not answer, again where an answer is refused, and return all answers."""
    sheet: Sheet = dict(given)
    for question in asked:
        if question.id in given:
            continue
        items = (
            _rows(question, ask, sheet, language)
            if question.kind == "group"
            else _one(question, ask, sheet, language)
        )
        if items:
            sheet[question.id] = items
    return sheet


def with_defaults(asked: Sequence[Question], given: Sheet) -> Sheet:
    """Return the answers with the defaults of the questions that nobody answered."""
    sheet: Sheet = dict(given)
    for question in asked:
        default = default_of(question, sheet) if question.id not in sheet else ""
        if default:
            sheet[question.id] = read_answer(question, default, sheet, "en")
    return sheet


def missing(asked: Sequence[Question], sheet: Sheet) -> list[Question]:
    """Return the questions that need an answer and have none."""
    return [question for question in asked if question.required and not sheet.get(question.id)]


def read_answer(question: Question, raw: str, sheet: Sheet, language: str) -> tuple[Item, ...]:
    """Return what a line of text answers; empty for an empty line. Raises RefusedError with the reason."""
    parts = raw.split(";") if question.kind in {"list", "choices", "group"} else [raw]
    found = [" ".join(part.split()) for part in parts if part.strip()]
    inner = question.fields[0] if question.kind == "group" else question
    read = [_checked(inner, text, sheet, language) for text in found]
    rows = (
        [_defaults_of_row(question, Item(text), sheet) for text in read]
        if question.kind == "group"
        else [Item(text) for text in read]
    )
    if question.required and not rows:
        raise RefusedError(_REQUIRED)
    return once_each(tuple(rows))


def _checked(question: Question, text: str, sheet: Sheet, language: str) -> str:
    if any(not char.isprintable() for char in text):
        raise RefusedError("it holds a sign that cannot be seen")
    if question.kind in {"choice", "choices"}:
        options = question.options
        word = text.casefold().replace(" ", "_").replace("-", "_")
        if word not in options:
            near = get_close_matches(word, options, n=1, cutoff=0.6)
            raise RefusedError(
                f"{text!r} is none of {', '.join(options)}" + (f"; did you mean {near[0]}?" if near else "")
            )
        return word
    if question.kind == "number":
        text = _number(text)
    why = why_bad(question.check, text, question.id, sheet, language)
    if why:
        raise RefusedError(why)
    return text


def _number(text: str) -> str:
    plain = text.translate(_NUMBER_MARKS)
    if _AMBIGUOUS.search(plain):  # two thousand or two?
        raise RefusedError(_IN_DIGITS)
    try:
        value = float(plain)
    except ValueError:
        raise RefusedError(_IN_DIGITS) from None
    if not math.isfinite(value):
        raise RefusedError(_IN_DIGITS)
    return f"{value:.10g}" if value < 1e10 else str(int(value))


def _one(
    question: Question, ask: Ask, sheet: Sheet, language: str, row: Sheet | None = None
) -> tuple[Item, ...]:
    default, reason = default_of(question, sheet, row), ""
    while True:
        raw = ask(question, default, reason).strip() or default
        try:
            return read_answer(question, raw, sheet, language)
        except RefusedError as refused:
            reason = str(refused)


def _rows(question: Question, ask: Ask, sheet: Sheet, language: str) -> tuple[Item, ...]:
    rows: list[Item] = []
    while len(rows) < MAX_ROWS:
        row: Sheet = {}
        for number, field in enumerate(question.fields):
            label = f"{question.ask}\n{field.ask}" if number == 0 and not rows else field.ask
            asked = field.model_copy(
                update={"ask": f"{len(rows) + 1}. {label}" if number == 0 and rows else label}
            )
            answer = _one(asked, ask, sheet, language, row)
            if not number and not answer:
                return tuple(rows)
            row[field.id] = answer
        rows.append(_row_item(question, row))
    return tuple(rows)


def _row_item(question: Question, row: Sheet) -> Item:
    head, *rest = question.fields
    parts = {field.id: tuple(item.text for item in row.get(field.id, ())) for field in rest}
    return Item(row[head.id][0].text, parts={name: values for name, values in parts.items() if values})


def _defaults_of_row(question: Question, item: Item, sheet: Sheet) -> Item:
    """Return a row with the defaults of the fields that it does not have."""
    row: Sheet = {question.fields[0].id: (Item(item.text),)}
    row |= {name: tuple(Item(text) for text in values) for name, values in item.parts.items()}
    for field in question.fields[1:]:
        default = default_of(field, sheet, row) if field.id not in row else ""
        if default:
            row[field.id] = (Item(default),)
    made = _row_item(question, row)
    return Item(made.text, item.quote, made.parts, item.note)


def read_answers(document: Document, asked: Sequence[Question], language: str) -> Sheet:
    """Return the answers that a YAML file holds, by the ids of the questions. Raises FileErrors with every fault and its line."""
    known = {question.id: question for question in asked}
    faults: list[OutreachError] = []
    sheet: Sheet = {}
    value = document.value if isinstance(document.value, dict) else {}
    if not isinstance(document.value, dict):
        faults.append(FileError("the file must hold `question: answer` lines", where=document.path, line=1,
                                hint=f"questions: {', '.join(known)}"))  # fmt: skip
    order = list(known)  # a check may look at the answers before
    for name in sorted(value, key=lambda name: order.index(name) if name in known else len(order)):
        line = document.line_of((name,))
        if name not in known:
            hint = near_match(name, known) or f"questions: {', '.join(known)}"
            faults.append(FileError(f"no question {name!r}", where=document.path, line=line, hint=hint))
            continue
        try:
            answer = _given(known[name], value[name], sheet, language)
        except RefusedError as refused:
            faults.append(
                FileError(f"{name}: {refused}", where=document.path, line=line, hint=_hint(known[name]))
            )
            continue
        if answer:
            sheet[name] = answer
    if faults:
        raise FileErrors(sorted(faults, key=lambda fault: fault.line or 0))
    return sheet


def _hint(question: Question) -> str:
    example = question.example or next((field.example for field in question.fields), "")
    return f"for example: {example}" if example else question.ask


def _given(question: Question, value: Any, sheet: Sheet, language: str) -> tuple[Item, ...]:
    """Read one value of an answers file: a text, a list of texts, or a list of rows."""
    entries = value if isinstance(value, list) else [] if value is None else [value]
    several = question.kind in {"list", "choices", "group"}
    if len(entries) > 1 and not several:
        raise RefusedError("one answer is taken here, not a list")
    items: list[Item] = []
    for entry in entries:
        if isinstance(entry, dict) and question.kind == "group":
            items.append(_given_row(question, entry, sheet, language))
        elif isinstance(entry, str):
            whole = question.model_copy(update={"required": False})
            items += (
                read_answer(whole, entry, sheet, language)
                if not isinstance(value, list)
                else _single(whole, entry, sheet, language)
            )
        else:
            raise RefusedError(
                "write a text"
                + (", or rows of " + ", ".join(f.id for f in question.fields) if question.fields else "")
            )
    if question.required and not items:
        raise RefusedError(_REQUIRED)
    return once_each(tuple(items))


def _single(question: Question, entry: str, sheet: Sheet, language: str) -> tuple[Item, ...]:
    """Read one entry of a list: a `;` in it is part of its text."""
    inner = question.fields[0] if question.kind == "group" else question
    text = " ".join(entry.split())
    if not text:
        return ()
    item = Item(_checked(inner, text, sheet, language))
    return (_defaults_of_row(question, item, sheet) if question.kind == "group" else item,)


def _given_row(question: Question, entry: dict[str, Any], sheet: Sheet, language: str) -> Item:
    head, *rest = question.fields
    unknown = set(entry) - {field.id for field in question.fields}
    if unknown:
        raise RefusedError(
            f"no field {sorted(unknown)[0]!r}; fields: {', '.join(f.id for f in question.fields)}"
        )
    answers = {field.id: _given(field, entry.get(field.id), sheet, language) for field in (head, *rest)}
    if not answers[head.id]:
        raise RefusedError(f"a row needs its {head.id}")
    item = Item(
        answers[head.id][0].text,
        parts={
            name: tuple(one.text for one in got) for name, got in answers.items() if got and name != head.id
        },
    )
    return _defaults_of_row(question, item, sheet)
