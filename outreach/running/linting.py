"""A workspace (or the built-in library alone) in; what is thin in its personas, offer and ICP out."""

from collections import Counter
from pathlib import Path

from outreach.authoring.lint_icp import lint_icp
from outreach.authoring.lint_offer import lint_offer
from outreach.authoring.lint_persona import lint_persona
from outreach.authoring.questions import Kind
from outreach.authoring.thin import Authored, R, Surroundings, Thin, left_open
from outreach.domain.buyers import Icp, Persona
from outreach.domain.selling import Offer
from outreach.errors import FileError, FileErrors, OutreachError
from outreach.running.campaign import Campaign
from outreach.running.qualifying import read_list
from outreach.workspace.files import build_record, read_text
from outreach.workspace.library import Library
from outreach.workspace.strict_yaml import parse_yaml


def lint_campaign(
    kind: Kind, campaign: Campaign, name: str | None = None, prospects: Path | None = None
) -> list[Thin]:
    """Return what is thin in one kind of file of a workspace.

    Args:
        kind: which files.
        campaign: the workspace, readable as a whole.
        name: of personas, only this one, built-in or not; None: the workspace's own.
        prospects: a lead list: texts that are missing in its languages are named.

    Raises:
        FileError: there is no persona of this name, or the list cannot be read.
    """
    around = surroundings(campaign, prospects)
    root, language = campaign.root, campaign.settings.workspace.language
    if kind == "offer":
        return lint_offer(authored(root / "offer.yaml", Offer, language, root), around)
    if kind == "icp":
        return lint_icp(authored(root / "icp.yaml", Icp, language, root), around)
    return lint_personas(campaign.library, around, name)


def lint_personas(library: Library, around: Surroundings, name: str | None = None) -> list[Thin]:
    """Return what is thin in one persona, or in all of the workspace's own; without a workspace, in the built-in ones."""
    files = library.names("personas")
    own = [path for path in files.values() if not library.is_builtin(path)]
    paths = [library.find("personas", name)] if name else own if library.workspace else list(files.values())
    found: list[Thin] = []
    for path in paths:
        language = "en" if library.is_builtin(path) else library.language
        found += lint_persona(authored(path, Persona, language, library.workspace), around)
    return found


def surroundings(campaign: Campaign, prospects: Path | None = None) -> Surroundings:
    """Return what the files of a workspace are held against."""
    languages: Counter[str] = Counter()
    if prospects is not None:
        rows = read_list(prospects, campaign).rows
        languages.update(
            row.prospect.language for row in rows if row.prospect is not None and row.disposition == "ready"
        )
    return Surroundings(
        personas=campaign.personas,
        policies=campaign.policies,
        offer=campaign.offer,
        icp=campaign.icp,
        languages=dict(languages.most_common()),
        has_email=any(step.channel == "email" for step in campaign.sequence.steps),
        root=campaign.root,
    )


def authored(path: Path, record: type[R], language: str, root: Path | None) -> Authored[R]:
    """Read a file with its lines. Raises FileErrors. It is named as it lies in the workspace."""
    text = read_text(path)
    document = parse_yaml(text, path)
    name = path.relative_to(root) if root and path.is_relative_to(root) else path
    return Authored(build_record(document, record, language), document, text, str(name))


def refuse_open_texts(campaign: Campaign) -> None:
    """Raise FileErrors where a text of offer.yaml is still a `fill in:`: it would stand in a message as it is."""
    file = authored(campaign.root / "offer.yaml", Offer, campaign.settings.workspace.language, campaign.root)
    faults: list[OutreachError] = [
        FileError(
            f"{thin.what}, and drafts would say so",
            where=thin.file,
            line=thin.line,
            hint="write the answer in its place",
        )
        for thin in left_open(file, ())
        if thin.grave
    ]
    if faults:
        raise FileErrors(faults)
