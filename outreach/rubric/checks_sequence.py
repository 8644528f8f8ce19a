"""Steps of a sequence against one another: copies, openings, figures, names, languages, order, channels, pressure."""

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from outreach.rubric.checks_repetition import is_copy, stripped
from outreach.rubric.parts import titles
from outreach.rubric.registry import Note, check
from outreach.rubric.sequence_view import SequenceView
from outreach.rubric.view import View
from outreach.text.forms import address_evidence
from outreach.text.tokens import split_words


def _first_step_with(seen: SequenceView, defect: str, what: str, fix: str) -> Iterator[Note]:
    """Carry a defect of a single message over to the sequence: one note, on the first step that has it."""
    for at in range(len(seen.views)):
        if defect in seen.defects(at):
            step = f"step {seen.step(at)}"
            yield Note(f"{step} {what}", fix, quote=step)
            return


@check("Q1S", defect="seq_repeated_step", dimension="sequence", languages=None, scope="sequence",
       about="No step repeats an earlier one nearly word for word.", evidence="See Q1.", example="step 3 is step 1 again", fixed="a new angle")  # fmt: skip
def repeated_step(seen: SequenceView) -> Iterator[Note]:
    """Flag copies among the steps."""
    bodies = [stripped(view.text, view) for view in seen.views]
    for left, right in combinations(range(len(bodies)), 2):
        if is_copy(bodies[right], bodies[left], seen.rubric.limits.repeat_ratio):
            yield Note(
                f"step {seen.step(right)} repeats step {seen.step(left)}",
                "give it an angle of its own",
                quote=f"step {seen.step(right)}",
            )
            return


@check("Q4", defect="seq_same_opening", dimension="sequence", languages=None, scope="sequence",
       about="Steps open differently and, outside a thread, have subjects of their own.", evidence="Practice.",
       example="three steps that open with `I wanted to reach out`", fixed="three openings")  # fmt: skip
def same_opening(seen: SequenceView) -> Iterator[Note]:
    """Flag three steps, or all of two or more, that open alike or share a subject."""
    openings = [_opening(seen, at) for at in range(len(seen.views))]
    groups = _largest_group(openings, 82)
    least = min(3, len(openings))
    if len(openings) >= 2 and len(groups) >= max(2, least):
        yield Note(
            f"steps {_steps(seen, groups)} open alike", "open each on its own fact", quote=openings[groups[0]]
        )
        return
    subjects = [
        seen.record.steps[at].subject or "" if not seen.record.steps[at].existing_thread else ""
        for at in range(len(openings))
    ]
    same = _largest_group([text.casefold().strip() for text in subjects], 95)
    if len(same) >= 3 or (
        len(same) == 2 and len([text for text in subjects if text]) == 2 and len(openings) == 2
    ):
        yield Note(
            f"steps {_steps(seen, same)} share one subject",
            "write a subject of its own for each",
            quote=subjects[same[0]],
        )


def _opening(seen: SequenceView, at: int) -> str:
    view = seen.views[at]
    for _, sentence, tokens in view.parts.content:
        if len(tokens) >= 3 and not _only_names(view, tokens):
            return " ".join(view.words.folded[token] for token in tokens[:12] if token < sentence.last)
    return ""


def _only_names(view: View, tokens: range) -> bool:
    """Say whether words are a title and the reader's name: `Ing. Amador Hoyos:` in a line of its own is a greeting."""
    names = {word for source in view.ground.of_kind("person") for word in source.folded} | titles()
    return all(view.words.folded[token] in names for token in tokens)


def _largest_group(texts: list[str], ratio: float) -> list[int]:
    best: list[int] = []
    for _at, text in enumerate(texts):
        if len(text) < 8:
            continue
        group = [
            other for other, theirs in enumerate(texts) if len(theirs) >= 8 and _alike(text, theirs, ratio)
        ]
        if len(group) > len(best):
            best = group
    return best if len(best) > 1 else []


def _alike(left: str, right: str, ratio: float) -> bool:
    if fuzz.ratio(left, right) >= ratio:
        return True
    first, second = left.split(), right.split()
    return len(first) >= 5 and len(second) >= 5 and first[:5] == second[:5]


def _steps(seen: SequenceView, places: list[int]) -> str:
    return ", ".join(str(seen.step(at)) for at in places)


@check("Q5", defect="seq_contradiction", dimension="sequence", languages=None, scope="sequence", protected=True,
       about="A figure about one thing is the same in every step.", evidence="See G4.", example="18 % in step 1, 28 % in step 3", fixed="18 % in both")  # fmt: skip
def contradiction(seen: SequenceView) -> Iterator[Note]:
    """Flag figures that differ between steps where one of them is not in the facts."""
    from outreach.grounding.support_numbers import number_support
    from outreach.rubric.number_pairs import clashing

    judged = [
        {
            item.number.start: item.supported
            for item in number_support(view.words, view.numbers, view.ground, view.lists, view.phrases)
        }
        for view in seen.views
    ]
    for left, right in combinations(range(len(seen.views)), 2):
        for first, second in clashing(seen.views[left], seen.views[right]):
            if judged[left].get(first.start, True) and judged[right].get(second.start, True):
                continue
            quote = seen.views[right].text[second.start : second.end]
            yield Note(f"step {seen.step(right)} says {quote}, step {seen.step(left)} says {seen.views[left].text[first.start : first.end]}",
                       "say what the facts say in both", quote=quote)  # fmt: skip
            return


@check("Q6N", defect="seq_name_inconsistent", dimension="sequence", languages=None, scope="sequence", protected=True,
       about="The prospect has one name in all steps.", evidence="See P1.", example="Hi Devika, … Hi Devina, …", fixed="Devika in both")  # fmt: skip
def names(seen: SequenceView) -> Iterator[Note]:
    """Flag steps that greet somebody else."""
    yield from _first_step_with(
        seen, "wrong_name", "calls the prospect by another name", "use one name throughout"
    )


@check("Q6L", defect="seq_language_switch", dimension="sequence", languages=None, scope="sequence",
       about="All steps are in one language.", evidence="Obvious breakage.", example="step 1 in Spanish, step 2 in English", fixed="both in Spanish")  # fmt: skip
def languages(seen: SequenceView) -> Iterator[Note]:
    """Flag steps in another language."""
    yield from _first_step_with(
        seen, "language_mismatch", "is in another language", f"write it in {seen.language}"
    )


@check("Q6F", defect="seq_formality_switch", dimension="sequence", languages=("es", "pt", "de", "fr", "en"), scope="sequence",
       about="The form of address does not change between steps.", evidence="Obvious breakage.", example="usted in step 1, tú in step 2", fixed="usted in both")  # fmt: skip
def formality(seen: SequenceView) -> Iterator[Note]:
    """Flag steps whose form of address or register is not that of the others."""
    kinds: dict[str, int] = {}
    for at, view in enumerate(seen.views):
        familiar, formal = address_evidence(view.words, view.quoted, view.parts.content)
        if familiar:
            kinds.setdefault("familiar", at)
        if formal:
            kinds.setdefault("formal", at)
        kind = _greeting_register(view)
        if kind is not None and seen.record.context.preferences.formality == "formal":
            kinds.setdefault(kind, at)
    wrong = [at for at in range(len(seen.views)) if "formality_mismatch" in seen.defects(at)]
    if len(kinds) == 2 or wrong:
        at = wrong[0] if wrong else max(kinds.values())
        yield Note(
            f"step {seen.step(at)} addresses the reader in another form",
            "keep one form of address",
            quote=f"step {seen.step(at)}",
        )


def _greeting_register(view: View) -> str | None:
    """Return the register of a greeting: `Dear Mr Connelly` is formal, `Hey Bashir` is familiar, `Hello Bashir` is either."""
    greeting = view.parts.greeting
    if greeting is None:
        return None
    if greeting.honorifics:
        return "formal"
    first = set(split_words(view.context.prospect.first_name, view.language))
    named = {view.words.folded[at] for at in greeting.name}
    return "familiar" if greeting.word in _CHUMMY and named and named <= first else None


_CHUMMY = frozenset("hey hiya hi yo oi salut coucou hola moin servus hej".split())


@check("Q7", defect="seq_timeline_error", dimension="sequence", scope="sequence",
       about="Step 1 mentions no earlier message, no later step says that it is the first, and no step for people who did not accept thanks them for it.", evidence="Obvious breakage.",
       example="As I wrote last Tuesday (in step 1)", fixed="the fact itself")  # fmt: skip
def timeline(seen: SequenceView) -> Iterator[Note]:
    """Flag an earlier message in step 1, a first one later, and an acceptance that did not happen."""
    first = seen.views[0]
    for hit in first.phrases.get("earlier", []):
        if seen.record.steps[0].existing_thread or first.is_quoted(first.words.starts[hit.first]):
            continue
        yield Note(
            f"step {seen.step(0)} mentions an earlier message: {first.say(hit)}",
            "leave it out: nothing was sent before",
            quote=first.say(hit),
        )
        return
    for at, view in enumerate(seen.views[1:], 1):
        for hit in view.phrases.get("first_contact", []):
            yield Note(
                f"step {seen.step(at)} speaks as if it were the first: {view.say(hit)}",
                "leave it out",
                quote=view.say(hit),
            )
            return
    for at, view in enumerate(seen.views):
        for hit in view.phrases.get("accepted", []) if seen.record.steps[at].after == "not_accepted" else []:
            yield Note(
                f"step {seen.step(at)} thanks for accepting, and is for who did not accept: {view.say(hit)}",
                "leave it out: the request was not accepted",
                quote=view.say(hit),
            )
            return
    for at, view in enumerate(seen.views[:-1]):
        for hit in view.phrases.get("last_note", []):
            if _is_final(view.say(hit)):
                yield Note(
                    f"step {seen.step(at)} says it is the last, and others follow: {view.say(hit)}",
                    "say so in the last step only",
                    quote=view.say(hit),
                    severity="info",
                    defect="",
                )
                return


def _is_final(text: str) -> bool:
    return text.casefold().startswith(("last", "final"))


_PRESSURE = {"pushy": 2, "guilt_trip": 3, "shouting": 1, "spam_words": 1}


@check("Q8", defect="seq_pressure_escalation", dimension="sequence", scope="sequence",
       about="Steps do not press harder and harder.", evidence="Reactance (A).", example="confirm by Wednesday … last day … I'll stop caring", fixed="an open door in each")  # fmt: skip
def pressure(seen: SequenceView) -> Iterator[Note]:
    """Flag two or more steps with pressure, rising or following one another."""
    weights = [sum(_PRESSURE.get(defect, 0) for defect in seen.defects(at)) for at in range(len(seen.views))]
    pressing = [at for at, weight in enumerate(weights) if weight]
    if len(pressing) >= 2:
        yield Note(
            f"steps {_steps(seen, pressing)} press the reader",
            "take the pressure out of each",
            quote=f"step {seen.step(pressing[-1])}",
        )


@check("Q8G", defect="seq_guilt_breakup", dimension="sequence", scope="sequence",
       about="The last step blames nobody.", evidence="See T6.", example="You clearly don't care.", fixed="I'll leave it here; a line is enough.")  # fmt: skip
def guilt_breakup(seen: SequenceView) -> Iterator[Note]:
    """Flag blame in the last step."""
    if "guilt_trip" in seen.defects(len(seen.views) - 1):
        yield Note(
            "the last step blames the reader",
            "give a way out without blame",
            quote=f"step {seen.step(len(seen.views) - 1)}",
        )


@check("C3S", defect="seq_early_pitch", dimension="sequence", scope="sequence",
       about="The connection note asks for no meeting.", evidence="See C3.", example="Got 15 minutes on Tuesday? (in the note)", fixed="Glad to connect.")  # fmt: skip
def early_pitch(seen: SequenceView) -> Iterator[Note]:
    """Flag a meeting ask in the connection note."""
    yield from _first_step_with(
        seen, "premature_meeting_ask", "asks for a meeting in the connection note", "ask only to connect"
    )


@check("Q9", defect="seq_channel_error", dimension="sequence", languages=None, scope="sequence",
       about="Each step keeps to its channel: no link or overlong note, and no direct message before the connection request.",
       evidence="Platform.", example="a LinkedIn message on day 0, the request on day 3", fixed="the request first")  # fmt: skip
def channels(seen: SequenceView) -> Iterator[Note]:
    """Flag broken channel rules and order."""
    order = [step.channel for step in seen.record.steps]
    if "connection_request" in order and "linkedin_message" in order[: order.index("connection_request")]:
        yield Note(
            "a direct message before the connection request",
            "send the request first",
            quote="linkedin_message",
        )
    elif order.count("connection_request") > 1:
        yield Note("two connection requests", "keep the first", quote="connection_request")
    else:
        for at in range(len(seen.views)):
            broken = {"too_long", "link_in_connection_request", "bad_subject"} & set(seen.defects(at))
            if broken:
                yield Note(
                    f"step {seen.step(at)} breaks its channel's rules: {', '.join(sorted(broken))}",
                    "mend the step",
                    quote=f"step {seen.step(at)}",
                )
                return


@check("X1S", defect="seq_missing_opt_out", dimension="sequence", scope="sequence", protected=True,
       about="Every email has a way out where the policy asks for it.", evidence="See X1.", example="an email step without a way out", fixed="a line that tells how to stop")  # fmt: skip
def opt_outs(seen: SequenceView) -> Iterator[Note]:
    """Flag email steps without a way out."""
    missing = [at for at in range(len(seen.views)) if "missing_opt_out" in seen.defects(at)]
    if missing:
        yield Note(
            f"steps {_steps(seen, missing)} have no way out",
            "add the line to each email",
            quote=f"step {seen.step(missing[0])}",
        )


@check("G1S", defect="seq_fabricated", dimension="sequence", scope="sequence", protected=True,
       about="No step claims what the facts do not hold.", evidence="See G1 to G5.", example="As we agreed in Harrogate", fixed="the fact itself")  # fmt: skip
def fabricated(seen: SequenceView) -> Iterator[Note]:
    """Flag steps with inventions."""
    for at in range(len(seen.views)):
        if {"fabricated_fact", "fabricated_number", "wrong_company"} & set(seen.defects(at)):
            yield Note(
                f"step {seen.step(at)} claims what the facts do not hold",
                "say only what the facts hold",
                quote=f"step {seen.step(at)}",
            )
            return


#: Message defects that have a sequence id of their own or say nothing about the sequence as a whole.
_NAMED = frozenset({"repeated_step", "bump_only", "wrong_name", "language_mismatch", "formality_mismatch", "premature_meeting_ask", "missing_opt_out", "fabricated_fact", "fabricated_number",
                    "wrong_company", "pushy", "guilt_trip", "too_long", "link_in_connection_request", "bad_subject"})  # fmt: skip


@check("S0", defect="seq_step_defect", dimension="sequence", languages=None, scope="sequence", protected=True,
       about="No step has a defect of its own.", evidence="See the step's findings.", example="an unfilled field in step 2", fixed="the field filled")  # fmt: skip
def step_defect(seen: SequenceView) -> Iterator[Note]:
    """Flag steps that fail for a reason without a sequence id."""
    for at, verdict in enumerate(seen.verdicts):
        own = [
            finding.defect or finding.check
            for finding in verdict.findings
            if finding.severity == "error" and finding.defect not in _NAMED
        ]
        if own:
            yield Note(
                f"step {seen.step(at)} fails: {', '.join(dict.fromkeys(own))}",
                "mend the step",
                quote=f"step {seen.step(at)}",
            )
            return
