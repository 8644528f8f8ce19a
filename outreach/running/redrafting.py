"""A stored draft and what a person asks for in; the next version of it out, kept, or a refused one with the reasons, kept apart."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from outreach.domain.lines import GenerateLine, Tokens
from outreach.domain.plans import Plan
from outreach.domain.versions import Origin
from outreach.drafting.held import held_again
from outreach.drafting.redrafting import Redrafted, Request, reasons_against
from outreach.drafting.tries import Try
from outreach.errors import OutreachError, UsageError
from outreach.running.keeping import has_steps_of
from outreach.running.lines import binding_of, generate_line
from outreach.running.models import Writing
from outreach.running.sequences import as_draft
from outreach.store.store import Store, StoredDraft
from outreach.store.versions import StoredVersion

if TYPE_CHECKING:
    from outreach.running.judges import Judging

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What came of it. Refused: `reasons` say why, and `line` is the text that was refused; the draft stays as it was."""

    line: GenerateLine
    serial: int
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    #: An approval or rejection that held for the text before and does not for this one.
    voided: str = ""


def steps_named(line: GenerateLine, named: str | None) -> tuple[int, ...]:
    """Return the steps that `--step` names; none is needed where there is one. Raises UsageError."""
    numbers = tuple(message.step for message in line.messages)
    listed = ", ".join(map(str, numbers))
    if named is None and len(numbers) > 1:
        raise UsageError("which step?", hint=f"--step N, one of {listed}, or --step all")
    if named is None or named.strip().lower() == "all":
        return numbers
    if named.strip().isdigit() and int(named) in numbers:
        return (int(named),)
    raise UsageError(f"--step {named}: no such step", hint=f"there are {listed}; or all")


def redraft(
    kept: StoredDraft,
    steps: tuple[int, ...],
    instruction: str,
    store: Store,
    writing: Writing,
    judging: "Judging | None",
    clock: Callable[[], str],
) -> Outcome:
    """Have steps of a draft written anew, and keep the result as the next version, or as a refused one.

    Raises:
        UsageError: the offline writer cannot do what is asked.
        FileError: the draft has no plan beside it.
        AnswerError, CallError, ProviderError: a model gave no usable answer; nothing is changed.
    """
    plan, line = store.plan_of(kept.outreach_id), kept.line
    request = Request(plan, as_draft(line), steps, " ".join(instruction.split()))
    if not request.instruction:
        raise UsageError("--instruct: nothing is asked for", hint='such as --instruct "shorter"')
    _introduce_colleagues(kept, store, writing)
    latest = store.versions(kept.outreach_id)[-1].serial
    done = _run(lambda: writing.writer.redraft(request, sample=latest), writing, judging)
    by = writing.model or "offline"
    texts = {message.step: (message.subject, message.body) for message in line.messages}
    redone = tuple(
        one.step for one in done.written.draft.messages if texts[one.step] != (one.subject, one.body)
    )
    how = Origin(
        how="redrafted", by=by, instruction=request.instruction, steps=redone, repairs=done.written.tries - 1
    )
    new = _next_line(line, plan, done, by if set(redone) == {m.step for m in line.messages} else "")
    if done.accepted:
        return _keep(new, plan, kept, how, request.instruction, store, clock(), done.notes)
    if done.written.draft.version == kept.version:
        return Outcome(line, latest, done.reasons)
    refused = how.model_copy(update={"how": "refused", "reason": "; ".join(done.reasons)})
    new = new.model_copy(update={"redrafted": request.instruction})
    serial = store.save_refused(new, version=done.written.draft.version, origin=refused, now=clock())
    return Outcome(new, serial, done.reasons)


def bring_back(
    kept: StoredDraft,
    wanted: StoredVersion,
    store: Store,
    writing: Writing,
    judging: "Judging | None",
    clock: Callable[[], str],
) -> Outcome:
    """Make an older version the current one again. It is judged by the plan of today, and refused where that fails it.

    Raises:
        UsageError: it reads as the draft does, or was made for other steps.
        FileError: the draft has no plan beside it.
    """
    plan, line = store.plan_of(kept.outreach_id), kept.line
    old = wanted.line
    if wanted.version == kept.version:
        raise UsageError(
            f"version {wanted.serial} reads as the draft does now",
            hint=f"outreach show {kept.outreach_id} --history",
        )
    if not has_steps_of(old, plan):
        raise UsageError(
            f"version {wanted.serial} was made for other steps than the plan has now",
            hint="run generate again",
        )

    _introduce_colleagues(kept, store, writing)

    async def judged() -> Redrafted:
        text = as_draft(old)
        written = held_again(await writing.writer.judge(plan, text), text, plan, old.redrafted)
        shown = as_draft(line)
        before = held_again(await writing.writer.judge(plan, shown), shown, plan, None)
        steps = [message.step for message in old.messages]
        new, now = Try(written.draft, written.verdict), Try(before.draft, before.verdict)
        return Redrafted(written, () if now.errors else reasons_against(new, now, steps))

    done = _run(judged, writing, judging)
    new = _next_line(line, plan, done, "").model_copy(update={"fallback": old.fallback})
    if not done.accepted:
        return Outcome(new, wanted.serial, done.reasons)
    instruction = old.redrafted or ""
    how = Origin(how="brought_back", instruction=instruction, from_version=wanted.serial)
    return _keep(new, plan, kept, how, instruction, store, clock(), ())


def _introduce_colleagues(kept: StoredDraft, store: Store, writing: Writing) -> None:
    """Tell the writer what the others of the account get: a new text is held against all of it."""
    account = kept.line.account
    others = store.drafts_of_account(account) if account else []
    for one in others:
        if one.outreach_id != kept.outreach_id:
            writing.writer.circle.add(one.line)


def version_named(versions: list[StoredVersion], named: str) -> StoredVersion:
    """Return the version that a number, or the beginning of a text's hash, names. Raises UsageError."""
    for version in reversed(versions):
        if named == str(version.serial) or (named.startswith("d1_") and version.version.startswith(named)):
            return version
    numbers = ", ".join(str(version.serial) for version in versions)
    raise UsageError(f"no version {named!r}", hint=f"there are {numbers}; see: outreach show ID --history")


def _next_line(old: GenerateLine, plan: Plan, done: Redrafted, by: str) -> GenerateLine:
    """Return the line of a redraft: in the place of the old one, with what both took; `by` where all of it is new."""
    written = done.written
    spent = Tokens(
        input=old.tokens.input + written.input_tokens, output=old.tokens.output + written.output_tokens
    )
    own_cost = 0.0 if not written.input_tokens else written.cost_usd
    cost = None if old.cost_usd is None or own_cost is None else old.cost_usd + own_cost
    place = {name: getattr(old, name) for name in ("committee", "bare_request", "invite_week", "start_day")}
    changes: dict[str, object] = {"tokens": spent, "cost_usd": cost} | place
    if by:
        provider, _, model = by.partition(":")
        changes |= {"provider": provider, "model": model or provider, "fallback": False}
    return generate_line(old, plan, written).model_copy(update=changes)


def _keep(
    new: GenerateLine, plan: Plan, kept: StoredDraft, how: Origin, instruction: str, store: Store, now: str,
    notes: tuple[str, ...],
) -> Outcome:  # fmt: skip
    draft = as_draft(new)
    new = new.model_copy(update={"redrafted": instruction or None})
    saved = store.save_draft(
        new,
        input_key=kept.input_key,
        version=draft.version,
        binding=binding_of(plan, draft),
        prospect_id=plan.prospect.id,
        now=now,
        plan=plan,
        origin=how,
        replaces=kept.version,
    )
    if not saved:
        raise OutreachError(
            f"{kept.outreach_id} changed meanwhile; nothing was kept", hint="look at it and ask again"
        )
    voided = kept.state if kept.state in {"approved", "rejected"} else ""
    return Outcome(new, store.versions(kept.outreach_id)[-1].serial, notes=notes, voided=voided)


def _run(work: Callable[[], Awaitable[T]], writing: Writing, judging: "Judging | None") -> T:
    """Run to the end and close the clients, whatever happens."""

    async def whole() -> T:
        try:
            return await work()
        finally:
            for part in (writing, judging):
                if part is not None and part.client is not None:
                    await part.client.aclose()

    return asyncio.run(whole())
