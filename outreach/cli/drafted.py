"""A run or a drafted line in; what a terminal shows of it out: the account of every row, and a sequence as one reads it."""

from typing import TYPE_CHECKING

from outreach.cli.terminal import heading, wrap

if TYPE_CHECKING:
    from outreach.domain.lines import GenerateLine
    from outreach.rubric.registry import Note
    from outreach.rubric.rubrics import Rubric
    from outreach.running.dating import Dating
    from outreach.running.generate import Generated


def kept_lines(run: "Generated") -> list[str]:
    """Say which texts stayed as a person had them redrafted, though what they were made from has changed."""
    return [
        f"{result.line.outreach_id} (row {result.line.row}) was redrafted by hand and its inputs have changed: the text is "
        f"kept and judged again: {result.line.verdict} {result.line.score}; draft it anew with --again {result.line.row}"
        for result in run.results
        if result.by_hand and result.line is not None
    ]


def summary_lines(run: "Generated", rubric: "Rubric") -> list[str]:
    """Return the account of a run for a person: every row is in it."""
    passed = sum(line.verdict == "pass" for line in run.lines)
    reused = sum(result.reused for result in run.results)
    drafted = (
        f"{len(run.lines)} drafted ({passed} pass, {len(run.lines) - passed} fail; {reused} from before)"
    )
    counted = [("skipped: " + SKIPPED.get(reason, reason), count) for reason, count in run.skipped.items()]
    counted += [(outcome, run.count(outcome)) for outcome in ("duplicate", "unreadable")]
    return [
        f"{len(run.results)} rows: {drafted}",
        *(f"  {count:4} {what}" for what, count in counted if count),
        *(
            f"  {result.triaged.row.source}:{result.triaged.row.line}: {result.reason}: {result.detail}"
            for result in run.results
            if result.reason in {"unreadable", "provider_failure", "failed"}
        ),
        *(f"  warn Q10: {note.message}\n  hint: {note.hint}" for note in _what_all_share(run, rubric)),
    ]


def _what_all_share(run: "Generated", rubric: "Rubric") -> "list[Note]":
    """Return what the drafts of a run share beyond names and facts."""
    from outreach.rubric.checks_batch import Batch

    batch = Batch(rubric)
    for line in run.lines:
        for message in line.messages:
            batch.add(line.outreach_id, message.step, message.body, line.language, line.context)
    return batch.notes()


#: What a reason for skipping means, for people.
SKIPPED = {
    "unfit": "the person or the employer does not fit",
    "route": "the account fits, the person is none of your personas: find the right one",
    "ask_for_data": "too little is known to decide: enrich the row or accounts.csv",
    "review_pending": "held for review: look, then outreach accept ROW",
    "suppressed": "asked not to be contacted, or a customer",
    "no_channel": "no address for any step",
    "no_persona": "no persona to write to",
    "no_text_in_language": "a text is missing in the row's language: outreach show ROW says which",
    "provider_failure": "the provider failed",
    "account_full": "colleagues go first: [committee] people",
    "budget": "the budget is spent",
    "limit": "beyond --limit",
    "interrupted": "not reached before the stop",
}


def show_sequence(line: "GenerateLine", dating: "Dating") -> str:
    """Return a whole sequence as one wants to read it, with its dates."""
    from outreach.running.dating import calendar_lines, heading_of

    dates = dating.of_line(line)
    person = line.prospect
    name = f"{person.first_name or ''} {person.last_name or ''}".strip()
    verdict = f"ICP {line.icp.verdict} {line.icp.score:.0f}, {line.verdict} {line.score}/100"
    role = line.buying_role.replace("_", " ")
    parts = [
        heading(f"{name}, {person.title or 'no title'} at {person.company or 'no company'}"),
        f"  {line.persona} ({role}), {line.language}, {verdict}, {line.provider}, {line.outreach_id}",
        *(wrap(note, "    ", "  ") for note in calendar_lines(dates)),
    ]
    parts += [wrap(text, "  ") for text in standing_lines(line)]
    for message in line.messages:
        flaw = "" if message.verdict == "pass" else f"  FAILS: {', '.join(message.defects)}"
        parts.append("\n" + heading(f"  {heading_of(message, line, dates)}") + flaw)
        if message.subject is not None:
            parts.append(wrap(f"Subject: {message.subject}", "    "))
        parts.append(wrap(message.body, "    "))
    return "\n".join(parts) + "\n"


def standing_lines(line: "GenerateLine") -> list[str]:
    """Return where a draft stands beside the others: its place in the account, its start, and a request without a note."""
    found = []
    if line.committee is not None:
        place = line.committee
        found.append(
            f"{place.place} of {place.size} at the account, from day {line.start_day}: {place.reason}"
        )
    elif line.start_day:
        found.append(f"from day {line.start_day} of the list")
    if line.invite_week is not None:
        found.append(f"invitation in week {line.invite_week}")
    if line.bare_request:
        found.append(f"Day 0: send the request without a note: {line.bare_request}")
    return found
