"""The material of a step in; the message out that says most of it within the limits: shorter parts, never a cut text."""

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.domain.drafts import SentenceBasis
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.manner import FORMAL, same_greeting
from outreach.drafting.offline_filling import Filling, about_reader, fillings, plain_fillings
from outreach.drafting.offline_material import Material
from outreach.drafting.offline_option import COURTESY, as_sentence, basis
from outreach.text.counting import channel_length, word_count
from outreach.text.letter import begins_with_closing

#: Of so many more that fit, a measured sender gets the one most like their own messages.
_FEW = 12

#: Below these a message says nothing; see the length rules of the rubric.
_MIN_WORDS = {"connection_request": 5, "linkedin_message": 10, "inmail": 16, "email": 16}


@dataclass(frozen=True)
class Composed:
    """A message's body, the basis of its sentences, and what it used up."""

    body: str
    basis: tuple[SentenceBasis, ...]
    spends: frozenset[str]
    greets: bool = False

    @property
    def material(self) -> frozenset[str]:
        """What of plan and facts it rests on, courtesies left out."""
        return frozenset(item.rests_on[0] for item in self.basis if item.rests_on != COURTESY)


def write_message(m: Material, passed_over: int = 0) -> Composed:
    """Return the message of a step: the first filling, in the order of goal, role and hash, that fits the step's limits.

    `passed_over` leaves out so many fitting ones, for somebody whose colleague gets them; without another the last is taken.
    """
    last: Composed | None = None
    nearest: Composed | None = None
    for filling in fillings(m):
        written = lay_out(m, filling)
        if _too_long(m, written.body):
            continue
        if not _too_short(m, written.body) and about_reader(filling):
            if not passed_over:
                return _more_like_the_sender(m, written) if last is None else written
            passed_over, last = passed_over - 1, written
        if nearest is None or len(written.body) > len(nearest.body):
            nearest = written
    # Nothing fits: the limits are narrower than the shortest text. The rubric says so; a cut text would hide it.
    return last or nearest or lay_out(m, min(fillings(m), key=_length, default=[]))


def _more_like_the_sender(m: Material, written: Composed) -> Composed:
    """Return the message that says as much in about the length that the sender's own messages have.

    Without measured lengths it is the one given. Another one must rest on all that this one rests on, and thank or
    greet where this one does: only courtesies come and go, and one part may be said at length.
    """
    if not m.manner.is_measured:
        return written
    alike = [written]
    for filling in plain_fillings(m):
        other = lay_out(m, filling)
        if (
            other.material >= written.material
            and other.greets == written.greets
            and not (_too_long(m, other.body) or _too_short(m, other.body))
            and about_reader(filling)
        ):
            alike.append(other)
        if len(alike) > _FEW:
            break
    return min(alike, key=lambda one: m.manner.distance(word_count(one.body), _sentences(one)))


def _sentences(written: Composed) -> int:
    """Return how many sentences a message has beside greeting and sign-off."""
    return sum(item.rests_on != COURTESY for item in written.basis) or 1


def every_message(m: Material) -> Iterator[Composed]:
    """Yield every filling of a step that keeps its limits and tells something of the reader, in the order of goal, role and hash."""
    for filling in fillings(m):
        written = lay_out(m, filling)
        if not _too_long(m, written.body) and not _too_short(m, written.body) and about_reader(filling):
            yield written


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


def lay_out(m: Material, filling: Filling) -> Composed:
    """Return greeting, sentences and sign-off as the channel sets them: in one paragraph, or as a letter."""
    letter = m.step.channel in SUBJECT_CHANNELS
    chosen = [slot.chosen if slot else None for slot in filling]
    spends = frozenset().union(*(option.spends for option in chosen if option))
    first = next((option for option in chosen if option), None)
    greets = first is not None and first.greets
    greeting = "" if greets else _greeting(m, letter=letter)
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
        return Composed(" ".join([greeting, *texts] if greeting else texts), tuple(lines), spends, greets)
    signoff = _signoff(m)
    lines.extend(basis(signoff, COURTESY))
    return Composed("\n\n".join(text for text in (greeting, *texts, signoff) if text), tuple(lines), spends)


def _signoff(m: Material) -> str:
    """Return the sign-off: the sender's own closing where one is proven; a signature of several lines brings its own."""
    own, sender = m.manner.signoff, m.values.get("sender", "")
    if begins_with_closing(sender, m.plan.language):
        return sender
    if own is None or not sender:
        return _first(m, "signoff", "any")
    return f"{own}\n{sender}" if own else sender


def _greeting(m: Material, *, letter: bool) -> str:
    own = m.manner.greeting
    if own is None or "name" not in m.values or "honorific" in m.values:
        return _usual_greeting(m, letter=letter)
    if not own:
        return ""
    return _own_greeting(m, own, letter=letter) or _usual_greeting(m, letter=letter)


def _own_greeting(m: Material, own: str, *, letter: bool) -> str:
    """Return the wording of the form that the sender greets with; among friends the sender's own where there is none."""
    groups = ("letter", "inline", "later") if letter else ("inline", "later", "letter")
    lines = [line for group in groups for line in m.book.lines("greeting", m.form, group)]
    alike = [line for line in lines if same_greeting(line.text, own)]
    for line in sorted(alike, key=lambda line: line.text != own):
        text = line.fill(m.values)
        if text is not None:
            return text.strip()
    if m.plan.address in FORMAL or not own.endswith((",", ":", "!")):
        return ""
    return own.replace("{name}", m.values["name"])


def _usual_greeting(m: Material, *, letter: bool) -> str:
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
