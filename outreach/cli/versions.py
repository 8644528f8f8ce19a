"""The versions of a draft in; their list, one of them, or the candidates it was picked from, on the terminal out."""

import json
from typing import TYPE_CHECKING, Any

from outreach.cli.terminal import heading, put, put_raw, table, wrap

if TYPE_CHECKING:
    from outreach.domain.versions import Candidate, Origin
    from outreach.store.store import Store
    from outreach.store.versions import StoredVersion


def show_history(store: "Store", outreach_id: str, *, as_json: bool) -> None:
    """List every version of a draft: its number, when, why, verdict, score."""
    versions = store.versions(outreach_id)
    if as_json:
        put_raw(json.dumps([_as_data(version) for version in versions], ensure_ascii=False) + "\n")
        return
    put(heading(outreach_id))
    rows = []
    for version in versions:
        line = version.line
        number = f"{version.serial}{' (now)' if version.current else ''}"
        rows.append((number, version.saved_at, line.verdict, line.score, why(version.origin)))
    put(table(rows, ("version", "when", "verdict", "score", "why")))
    put(
        f"\none of them: outreach show {outreach_id} --version N; bring it back: outreach redraft {outreach_id} --back N"
    )


def why(origin: "Origin | None") -> str:
    """Say in a line where a version comes from."""
    if origin is None:
        return "kept by an earlier program, which did not note why"
    by = f" by {origin.by}" if origin.by else ""
    repaired = (
        f", {origin.repairs} call{'s' if origin.repairs > 1 else ''} more to repair it"
        if origin.repairs
        else ""
    )
    steps = f"step {', '.join(map(str, origin.steps))}" if origin.steps else ""
    if origin.how == "generated":
        return f"generated{by}{repaired}"
    if origin.how == "redrafted":
        return f"{steps} redrafted{by}{repaired}: {origin.instruction}"
    if origin.how == "refused":
        return f"refused, {steps} redrafted{by}{repaired}: {origin.instruction}: {origin.reason}"
    if origin.how == "brought_back":
        return f"version {origin.from_version} brought back"
    return "kept by generate, whose inputs changed, and judged again" + (
        f" (redrafted: {origin.instruction})" if origin.instruction else ""
    )


def show_candidates(store: "Store", outreach_id: str, version: str | None, *, as_json: bool) -> None:
    """Show what a version was picked from, each with why it won or lost; the newest version that has any, unless one is named."""
    from outreach.errors import UsageError
    from outreach.running.redrafting import version_named

    versions = store.versions(outreach_id)
    named = [version_named(versions, version)] if version is not None else list(reversed(versions))
    found = next((one for one in named if one.candidates is not None), None)
    if found is None or found.candidates is None:
        raise UsageError(
            "one draft was asked for, so there are no candidates", hint="generate --samples N drafts several"
        )
    if as_json:
        put_raw(found.candidates.model_dump_json() + "\n")
        return
    put(
        f"version {found.serial} of {outreach_id} was picked from {len(found.candidates.candidates)} candidates"
    )
    for one in found.candidates.candidates:
        _put_candidate(one)


def _put_candidate(one: "Candidate") -> None:
    verdict = f", {one.verdict} {one.score}/100" if one.verdict else ""
    put("\n" + heading(f"Candidate {one.number}{' (picked)' if one.picked else ''}{verdict}"))
    put(wrap(one.reason, "  "))
    for message in one.messages:
        put(heading(f"\n  Step {message.step}: {message.channel.replace('_', ' ')}"))
        if message.subject is not None:
            put(wrap(f"Subject: {message.subject}", "    "))
        put(wrap(message.body, "    "))
        for finding in message.findings:
            put(wrap(f"{finding.severity} {finding.check}: {finding.message}", "      ", "    ! "))
    for finding in one.findings:
        put(wrap(f"{finding.severity} {finding.check}: {finding.message}", "      ", "  ! "))


def _as_data(version: "StoredVersion") -> dict[str, Any]:
    line, origin = version.line, version.origin
    return {
        "version": version.serial, "hash": version.version, "current": version.current, "at": version.saved_at,
        "verdict": line.verdict, "score": line.score,
        "origin": None if origin is None else origin.model_dump(mode="json"),
    }  # fmt: skip
