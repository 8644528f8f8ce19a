"""A draft that is there already and the plan of today in; the same text, with its place and its colleagues of today, out."""

from outreach.domain.lines import GenerateLine
from outreach.domain.people import Row
from outreach.domain.plans import Plan
from outreach.domain.versions import Origin
from outreach.drafting.held import held_again
from outreach.running.circle import account_errors, errors_about_colleagues, judged_again
from outreach.running.lines import binding_of, generate_line, standing_of
from outreach.running.sequences import as_draft
from outreach.running.writers import Writer
from outreach.store.store import Store, StoredDraft


def keep_as_is(
    record: str, plan: Plan, writer: Writer, store: Store, *, approved: bool
) -> GenerateLine | None:
    """Return a draft that was made from the same, with its place of today, or None where it must be written or judged anew.

    Colleagues may have come or changed since. A draft that is approved stays, but fails where it would now give somebody
    away; any other one whose findings about colleagues have changed is written anew.
    """
    line = stored = GenerateLine.model_validate_json(record)
    found = writer.circle.findings(line)
    if account_errors(found) != errors_about_colleagues(line):
        if not approved:
            return None
        line = judged_again(line, found, writer.rubric)
    line = line.model_copy(update=standing_of(plan))
    if line != stored:
        store.refresh_draft(line)
    return line


async def keep_by_hand(
    kept: StoredDraft, row: Row, plan: Plan, writer: Writer, store: Store, key: str, now: str
) -> GenerateLine:
    """Keep a redrafted text though `generate` would write another: a person's wish stands, its truth is looked at again.

    A sentence whose fact has gone stale fails then and is not exported; an approval falls, since it was bound to the facts.
    """
    old = kept.line
    if not has_steps_of(old, plan):
        found = writer.circle.findings(old)
        if account_errors(found) != errors_about_colleagues(old):
            old = judged_again(old, found, writer.rubric)
            store.refresh_draft(old)
        return old.model_copy(update={"row": row.row, "source": row.source})
    text = as_draft(old)
    written = held_again(await writer.judge(plan, text), text, plan, old.redrafted)
    line = generate_line(row, plan, written).model_copy(
        update={
            "tokens": old.tokens,
            "cost_usd": old.cost_usd,
            "redrafted": old.redrafted,
            "fallback": old.fallback,
        }
    )
    store.save_draft(
        line,
        input_key=key,
        version=written.draft.version,
        binding=binding_of(plan, written.draft),
        prospect_id=plan.prospect.id,
        now=now,
        plan=plan,
        origin=Origin(how="kept", instruction=old.redrafted or ""),
        replaces=kept.version,
    )
    return line


def has_steps_of(line: GenerateLine, plan: Plan) -> bool:
    """Say whether a text has the steps and channels of a plan, so that the plan can judge it."""
    return [(m.step, m.channel) for m in line.messages] == [(s.step, s.channel) for s in plan.steps]
