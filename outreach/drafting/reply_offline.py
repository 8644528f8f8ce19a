"""The plan of an answer and wordings in; the answer out, the same every time, without a model.

Each class of reply has a shape: which parts, in which order. The wordings of a part stand in
`templates/replies/<language>.yaml`; greeting, sign-off and the rules of a language's spelling in `templates/messages/`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pydantic import Field

from outreach.domain.drafts import Draft, Message
from outreach.domain.record import Record
from outreach.domain.replies import NamedPerson
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.footer import email_footer
from outreach.drafting.offline_casing import lower_claim
from outreach.drafting.offline_filling import Filling, Slot, Ways
from outreach.drafting.offline_material import Material, Spent, gather
from outreach.drafting.offline_message import lay_out
from outreach.drafting.offline_option import COURTESY, HEDGE, QUESTION, Option, said
from outreach.drafting.offline_templates import (
    LanguageFile,
    MessageTemplates,
    NoTextInLanguage,
    Wording,
    load_templates,
)
from outreach.drafting.reply_plan import ReplyPlan
from outreach.errors import FileError
from outreach.workspace.files import read_record

#: Parts of an answer by class; `/` ends a paragraph of a letter, and a part without material is left out.
_SHAPES: dict[str, tuple[str, ...]] = {
    "interested": ("thanks", "/", "step"),
    "question": ("thanks", "/", "claim", "exact", "/", "offer"),
    "objection": ("thanks", "/", "claim", "no_claim", "/", "ask_back"),
    "later": ("thanks", "when", "/", "end"),
    "not_me": ("thanks", "person", "end"),
}


class ReplyWordings(Record):
    """A file of wordings for answers."""

    language: str
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    in_month: str = Field(description="`in {month}`")
    on_day: str = Field(description="`on {day} {month}`")
    places: dict[str, dict[str, tuple[Wording, ...]]]

    def when(self, day: date) -> str:
        """Return a day as it stands in a sentence; the first of a month stands for the month."""
        month = self.months[day.month - 1]
        pattern = self.in_month if day.day == 1 else self.on_day
        return pattern.replace("{day}", str(day.day)).replace("{month}", month)


class ReplyTemplates:
    """The wordings of one language: those of its messages, with those of its answers laid over."""

    def __init__(self, messages: MessageTemplates, replies: ReplyWordings, path: Path | None = None) -> None:
        """Take both files. Raises FileError for a slot that nothing fills."""
        file: LanguageFile = messages.file.model_copy(
            update={"places": {**messages.file.places, **replies.places}}
        )
        self.book = MessageTemplates(file, path)
        self.replies = replies


def load_reply_templates(language: str, find: Callable[[str, str], Path]) -> ReplyTemplates:
    """Return a language's templates; `find(shelf, language)` names a file.

    Raises:
        NoTextInLanguage: there is no file for this language.
        FileErrors: a file is faulty.
    """
    messages = load_templates(language, lambda name: find("messages", name))
    try:
        path = find("replies", language)
    except FileError as error:
        raise NoTextInLanguage(
            f"no wordings for answers in {language!r}", where=error.where,
            hint=f"write templates/replies/{language}.yaml, or draft with a model",
        ) from error  # fmt: skip
    return ReplyTemplates(messages, read_record(path, ReplyWordings, language), path)


def write_reply_offline(reply: ReplyPlan, templates: ReplyTemplates, subject: str | None = None) -> Draft:
    """Write the answer; `subject` is the thread's, which a letter keeps.

    Returns:
        A draft of one message whose sentences each name what they rest on.

    Raises:
        NoTextInLanguage: the ask or claim it needs has no text in the plan's language.
    """
    plan, step = reply.plan, reply.step
    m = gather(plan, step, templates.book, Spent(channels=[step.channel]), 0)
    m.values = m.values | _own_values(reply, templates.replies)
    filling: Filling = []
    for part in _SHAPES[reply.reading.kind]:
        if part == "/":
            filling.append(None)
            continue
        ways = Ways(way for way in _PARTS[part](m, reply))
        chosen = next(iter(ways), None)
        if chosen is not None:
            filling.append(Slot(False, ways, chosen))
    written = lay_out(m, filling)
    message = Message(
        step=step.step,
        channel=step.channel,
        day=step.day,
        subject=subject if step.channel in SUBJECT_CHANNELS else None,
        body=written.body,
        footer=email_footer(plan.offer, plan.language) if step.channel == "email" else None,
        existing_thread=step.existing_thread,
        basis=written.basis,
    )
    return Draft(outreach_id=plan.outreach_id, language=plan.language, messages=(message,))


def _own_values(reply: ReplyPlan, wordings: ReplyWordings) -> dict[str, str]:
    reading = reply.reading
    values = {
        "when": wordings.when(reading.resume_on) if reading.resume_on else "",
        "contact": _called(reading.named) if reading.named else "",
    }
    return {name: value for name, value in values.items() if value}


def _called(person: NamedPerson) -> str:
    return person.name or (person.email or "")


def _thanks(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    reading = reply.reading
    kind = reading.objection_kind if reading.kind == "objection" else None
    groups = [group for group in (kind, reading.kind) if group]
    yield from said(m, "reply_thanks", *groups, rests_on=COURTESY)


def _step(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    """What comes next: what was offered and is wanted, else the next small thing."""
    ask, kind = reply.accepted, reply.step.ask_kind
    rests_on = (f"ask:{reply.step.ask_id}", *QUESTION) if reply.step.ask_id else QUESTION
    if ask is None:
        yield from said(m, "reply_offer", kind, "none", rests_on=rests_on)
    elif ask.kind in {"trial", "meeting"}:
        yield from said(m, "reply_agree", "any", rests_on=rests_on)
    else:
        yield from said(m, "reply_deliver", "any", rests_on=(f"ask:{ask.id}",))


def _claim(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    claim = reply.claim
    text = m.text(claim.text) if claim else ""
    if not claim or not text:
        return
    rests_on = (f"claim:{claim.id}",)
    if reply.reading.kind == "objection":
        # Straight after "that is a fair point" a claim would sound like a parry: a few words lead over to it.
        file = m.book.file
        after_colon = text if file.capitals_after_colon else lower_claim(text, file)
        for lead in said(m, "reply_lead", "any", rests_on=rests_on):
            yield Option(f"{lead.text} {after_colon}", rests_on, frozenset({text}))
    yield Option(text, rests_on, frozenset({text}), claims=True)


def _exact(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    """Where nothing we hold answers a question, that is said: a guess would be worse than none."""
    if reply.claim is None and reply.step.ask_id is None:
        yield from said(m, "reply_exact", "any", rests_on=COURTESY)


def _offer(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    """What we could send that speaks of the question."""
    if reply.step.ask_id:
        yield from said(
            m, "reply_offer", reply.step.ask_kind, rests_on=(f"ask:{reply.step.ask_id}", *QUESTION)
        )


def _no_claim(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    if reply.claim is None:
        yield from said(m, "reply_no_claim", "any", rests_on=HEDGE)


def _ask_back(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    groups = [group for group in (reply.reading.objection_kind, "any") if group]
    yield from said(m, "reply_ask_back", *groups, rests_on=QUESTION)


def _when(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    if reply.reading.resume_on:
        yield from said(m, "reply_when", "dated", rests_on=COURTESY)
    else:
        yield from said(m, "reply_when", "open", rests_on=QUESTION)


def _person(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    if reply.reading.named:
        yield from said(m, "reply_person", "named", rests_on=COURTESY)
    else:
        yield from said(m, "reply_person", "unnamed", rests_on=QUESTION)


def _end(m: Material, reply: ReplyPlan) -> Iterator[Option]:
    if reply.reading.kind == "later" and reply.reading.resume_on is None:
        return  # the question stands last
    if reply.reading.kind == "not_me" and reply.reading.named is None:
        return
    yield from said(m, "reply_end", reply.reading.kind, rests_on=COURTESY)


_PARTS: dict[str, Callable[[Material, ReplyPlan], Iterator[Option]]] = {
    "thanks": _thanks,
    "step": _step,
    "claim": _claim,
    "exact": _exact,
    "offer": _offer,
    "no_claim": _no_claim,
    "ask_back": _ask_back,
    "when": _when,
    "person": _person,
    "end": _end,
}
