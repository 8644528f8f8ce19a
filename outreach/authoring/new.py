"""Answers about a persona, an offer or an ICP in; the text of its file out, read back by the strict reader before anybody sees it."""

from dataclasses import dataclass
from pathlib import Path

from outreach.authoring.form import missing, with_defaults
from outreach.authoring.icp_file import has_criteria, icp_yaml
from outreach.authoring.offer_file import offer_yaml
from outreach.authoring.persona_file import persona_yaml
from outreach.authoring.questions import Kind, questions, role_of
from outreach.authoring.sheet import Item, Sheet, first
from outreach.domain.buyers import Icp, Persona
from outreach.domain.selling import Offer
from outreach.errors import UsageError
from outreach.intake.titles import read_title
from outreach.workspace.files import build_record
from outreach.workspace.strict_yaml import parse_yaml

RECORDS: dict[Kind, type[Persona] | type[Offer] | type[Icp]] = {
    "persona": Persona,
    "offer": Offer,
    "icp": Icp,
}


@dataclass(frozen=True)
class Origin:
    """Where the answers come from, as the file says it."""

    #: Name of the file the quotes are from; empty for a form.
    source: str
    #: For `evidence`.
    said: str
    confidence: str
    #: What the answers are written in, and what plain texts of the workspace are in.
    language: str
    own: str


def new_file(kind: Kind, sheet: Sheet, origin: Origin, path: Path) -> tuple[str, Sheet]:
    """Return the text of a new file and the answers it was made of, with defaults.

    Raises:
        UsageError: an answer that nothing can stand for is missing.
        FileErrors: the text does not read back; `path` only names it.
    """
    whole = with_defaults(questions(kind), _with_reasons(kind, sheet))
    _require(kind, whole, origin)
    texts = (origin.source, origin.said, origin.confidence)
    if kind == "persona":
        text = persona_yaml(whole, *texts, origin.language, origin.own)
    elif kind == "offer":
        text = offer_yaml(whole, *texts, origin.language, origin.own)
    else:
        text = icp_yaml(whole, *texts)
    build_record(parse_yaml(text, path), RECORDS[kind], origin.own)
    return text, whole


def _with_reasons(kind: Kind, sheet: Sheet) -> Sheet:
    """Add to a persona without a buying role the one its name makes likely, with the reason."""
    if kind != "persona" or sheet.get("buying_role") or not first(sheet, "name"):
        return sheet
    title = read_title(first(sheet, "name"))
    role, why = role_of(title.functions, title.seniority)
    return sheet | {"buying_role": (Item(role, note=f"proposed: {why}"),)}


def _require(kind: Kind, sheet: Sheet, origin: Origin) -> None:
    if kind == "persona" and not (first(sheet, "name") and first(sheet, "id")):
        lacks = "name" if not first(sheet, "name") else "id"
        said = (
            f"{origin.source} names no title"
            if origin.source and lacks == "name"
            else f"no {lacks} was given"
        )
        raise UsageError(said, hint=f"say it: --set {lacks}=…")
    if kind == "icp" and not has_criteria(sheet) and not origin.source:
        raise UsageError("an ICP without any criterion fits nobody",
                         hint="say one: --set industries=…, employees_min, countries or technologies")  # fmt: skip
    lacking = missing(questions(kind), sheet) if not origin.source else []
    if lacking:
        raise UsageError(f"no answer to: {', '.join(question.id for question in lacking)}",
                         hint=f"{lacking[0].ask} --set {lacking[0].id}=…")  # fmt: skip
