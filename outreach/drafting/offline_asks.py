"""A step's material in; the ways to ask, to answer a claim with a question, and to part, out."""

from collections.abc import Iterator

from outreach.drafting.offline_material import Material
from outreach.drafting.offline_option import COURTESY, QUESTION, Option, said


def ask(m: Material) -> Iterator[Option]:
    """What the plan asks: its offer in a frame of the kind and role, a name, or a question about the reader's situation."""
    kind = m.step.ask_kind
    offered = m.plan.ask(m.step.ask_id)
    rests_on = (f"ask:{offered.id}", *QUESTION) if offered else QUESTION
    groups = _groups(m)
    if offered and m.text(offered.text).endswith("?"):
        yield from said(m, "ask_whole", m.role, "any", rests_on=rests_on)
    elif offered:
        yield from said(m, f"ask_{kind}", *groups, rests_on=rests_on)
    elif kind == "route":
        yield from said(m, "ask_route", *groups, rests_on=QUESTION)
    else:
        if kind == "none":
            yield from said(m, "invite", m.role, "any", rests_on=COURTESY)
        yield from _question(m)


def _groups(m: Material) -> tuple[str, ...]:
    """Return whose wordings may be used. A gatekeeper has no problem of ours: those for buyers are never borrowed."""
    return (m.role,) if m.role == "gatekeeper" else (m.role, "any")


def ask_fact(m: Material) -> Iterator[Option]:
    """The ask of a message that tells a fact and no problem: a question about what happened, or what the plan offers."""
    if m.step.ask_kind in {"question", "none"} and m.retelling:
        # `event_person` where the reader spoke, `event` where the firm was there, `any` for what has no words of its own.
        groups = [group for group in m.retelling.groups if group not in {"retold", "news"}]
        yield from said(m, "question_fact", *groups, m.retelling.kind, "any", rests_on=QUESTION)
    else:
        yield from ask(m)


def _question(m: Material) -> Iterator[Option]:
    """A question about the reader's situation: the pain's own, in a frame of the role, or one of the role."""
    rests_on = (f"pain:{m.pain.id}", *QUESTION) if m.pain else QUESTION
    asked = m.values.get("question", "")
    if m.role == "gatekeeper":
        yield from said(m, "question", m.role, rests_on=QUESTION)
        return
    if m.claim and m.text(m.claim.text) not in m.spent.texts:
        yield from said(m, "reaction", m.role, "any", rests_on=QUESTION)
        return
    if asked:
        # The bare question is one of the frames, so it comes in its turn.
        yield from said(m, "question_frame", m.role, "any", rests_on=rests_on, spends=(asked,))
    yield from said(m, "question", m.role, "any", rests_on=QUESTION)


def wish(m: Material) -> Iterator[Option]:
    """A good wish about a fact that an earlier step told, else for the reader's firm."""
    for told in m.spent.facts:
        values = m.values | told.values
        for line in m.turned(m.book.lines("wish", m.form, told.kind), "wish"):
            text = line.fill(values)
            if text is not None:
                yield Option(
                    text, (*COURTESY, f"fact:{told.fact.id}"), frozenset({line.text}), slots=line.slots
                )
    yield from said(m, "wish", "any", rests_on=COURTESY)


def way_out(m: Material) -> Iterator[Option]:
    """How to come back later without an answer now, with what the plan leaves on the table."""
    kind = m.step.ask_kind
    if m.values.get("ask") and not m.values["ask"].endswith("?"):
        # What is not sent but done has wordings of its own.
        groups = (kind,) if kind in {"trial", "meeting"} else (m.role, "any")
        yield from said(m, "way_out_ask", *groups, rests_on=(f"ask:{m.step.ask_id}", *COURTESY))
    elif kind == "route":
        yield from said(m, "way_out_route", *_groups(m), rests_on=COURTESY)
    yield from said(m, "way_out", *_groups(m), rests_on=COURTESY)
