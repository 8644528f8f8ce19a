"""The material of a step in; the message out that says most of it within the limits: shorter parts, never a cut text."""

from dataclasses import dataclass

from outreach.domain.drafts import SentenceBasis
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.offline_filling import Filling, about_reader, fillings
from outreach.drafting.offline_material import Material
from outreach.drafting.offline_option import COURTESY, as_sentence, basis
from outreach.text.counting import channel_length, word_count

#: Below these a message says nothing; see the length rules of the rubric.
_MIN_WORDS = {"connection_request": 5, "linkedin_message": 10, "inmail": 16, "email": 16}


@dataclass(frozen=True)
class Composed:
    """A message's body, the basis of its sentences, and what it used up."""

    body: str
    basis: tuple[SentenceBasis, ...]
    spends: frozenset[str]


def write_message(m: Material, passed_over: int = 0) -> Composed:
    """Return the message of a step: the first filling, in the order of goal, role and hash, that fits the step's limits.

    `passed_over` leaves out so many fitting ones, for somebody whose colleague gets them; without another the last is taken.
    """
    last: Composed | None = None
    nearest: Composed | None = None
    for filling in fillings(m):
        written = _lay_out(m, filling)
        if _too_long(m, written.body):
            continue
        if not _too_short(m, written.body) and about_reader(filling):
            if not passed_over:
                return written
            passed_over, last = passed_over - 1, written
        if nearest is None or len(written.body) > len(nearest.body):
            nearest = written
    # Nothing fits: the limits are narrower than the shortest text. The rubric says so; a cut text would hide it.
    return last or nearest or _lay_out(m, min(fillings(m), key=_length, default=[]))


def _length(filling: Filling) -> int:
    return sum(len(slot.chosen.text) for slot in filling if slot)


def _too_long(m: Material, body: str) -> bool:
    step = m.step
    most = step.max_chars or (m.plan.note_limit if step.channel == "connection_request" else None)
    return (most is not None and channel_length(body) > most) or (
        step.max_words is not None and word_count(body) > step.max_words
    )


def _too_short(m: Material, body: str) -> bool:
    least = _MIN_WORDS[m.step.channel] + (4 if m.step.channel == "email" and not m.spent.channels else 0)
    return word_count(body) < min(least, m.step.max_words or least)


def _lay_out(m: Material, filling: Filling) -> Composed:
    """Return greeting, sentences and sign-off as the channel sets them: in one paragraph, or as a letter."""
    letter = m.step.channel in SUBJECT_CHANNELS
    chosen = [slot.chosen if slot else None for slot in filling]
    spends = frozenset().union(*(option.spends for option in chosen if option))
    first = next((option for option in chosen if option), None)
    greeting = "" if first is not None and first.greets else _greeting(m, letter=letter)
    lines: list[SentenceBasis] = list(basis(greeting, COURTESY)) if greeting else []
    paragraphs: list[list[str]] = [[]]
    # A letter's text starts in a new line: with a capital, except where the language runs on after the comma.
    runs_on = bool(greeting) and greeting[-1] in ",:" and (not letter or m.book.file.greeting_line == "lower")
    for option in chosen:
        if option is None:
            paragraphs.append([])
            continue
        sentence = as_sentence(option, m, after_comma=runs_on)
        runs_on = False
        paragraphs[-1].append(sentence)
        lines.extend(basis(sentence, option.rests_on))
    texts = [" ".join(paragraph) for paragraph in paragraphs if paragraph]
    if not letter:
        return Composed(" ".join([greeting, *texts] if greeting else texts), tuple(lines), spends)
    signoff = _first(m, "signoff", "any")
    lines.extend(basis(signoff, COURTESY))
    return Composed("\n\n".join(text for text in (greeting, *texts, signoff) if text), tuple(lines), spends)


def _greeting(m: Material, *, letter: bool) -> str:
    if letter:
        return _first(m, "greeting", "letter_honorific", "letter")
    groups = ("later", "inline") if m.spent.channels else ("inline",)
    return _first(m, "greeting", "inline_honorific", *groups)


def _first(m: Material, place: str, *groups: str) -> str:
    """Return the first fillable wording of a place: named before unnamed, since an empty name fills no slot."""
    for group in (*groups, "unnamed"):
        for line in m.turned(m.book.lines(place, m.form, group), f"{place}.{group}", steady=True):
            text = line.fill(m.values)
            if text is not None:
                return text.strip()
    return ""
