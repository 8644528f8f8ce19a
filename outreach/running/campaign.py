"""A workspace's root in; everything a run needs out, read and cross-checked once: ICP, offer, personas, policies, sequence, rubric."""

from dataclasses import dataclass
from pathlib import Path

from outreach.domain.buyers import Icp, Persona
from outreach.domain.selling import Offer, RolePolicy, Sequence
from outreach.domain.voices import Voice
from outreach.errors import FileError
from outreach.intake.options import IntakeOptions
from outreach.intake.suppressing import DEFAULT_LIST
from outreach.rubric.rubrics import Rubric
from outreach.workspace.files import near_match, read_record
from outreach.workspace.library import Library
from outreach.workspace.settings import Settings
from outreach.workspace.voice import read_voice


@dataclass(frozen=True)
class Campaign:
    """What is written, to whom, and by which rules: the workspace as a run sees it."""

    root: Path
    settings: Settings
    library: Library
    icp: Icp
    offer: Offer
    personas: tuple[Persona, ...]
    policies: dict[str, RolePolicy]
    sequence: Sequence
    rubric: Rubric
    voice: Voice | None = None

    def persona(self, persona_id: str) -> Persona:
        """Return the persona of this id. Raises FileError with the nearest id."""
        for persona in self.personas:
            if persona.id == persona_id:
                return persona
        known = [persona.id for persona in self.personas]
        raise FileError(
            f"no persona {persona_id!r}",
            where="--persona",
            hint=near_match(persona_id, known) or ", ".join(known),
        )


def load_campaign(root: Path, settings: Settings) -> Campaign:
    """Read every file of a workspace that a run needs. Raises FileErrors with file:line on the first bad file."""
    language = settings.workspace.language
    library = Library(root, language)
    return Campaign(
        root=root,
        settings=settings,
        library=library,
        icp=read_record(root / "icp.yaml", Icp, language),
        offer=read_record(root / "offer.yaml", Offer, language),
        personas=tuple(library.personas.values()),
        policies=library.policies,
        sequence=library.sequence(settings.sequence.default),
        rubric=library.read("rubrics", settings.rubric.name, Rubric),
        voice=read_voice(root, language),
    )


def suppression_lists(root: Path, named: str | None) -> tuple[Path, ...]:
    """Return the lists of people to leave alone: the one icp.yaml names, and the one opt-outs go to where it names none."""
    usual = root / DEFAULT_LIST
    own = (root / named,) if named else ()
    return (*own, usual) if usual.is_file() and usual not in own else own


def intake_options(root: Path, settings: Settings, icp: Icp, accounts: Path | None = None) -> IntakeOptions:
    """Return how this workspace reads a lead list: its facts, accounts, customers and suppression list."""
    intake, exclude = settings.intake, icp.exclude

    def beside(name: str | None) -> Path | None:
        return None if name is None else root / name

    return IntakeOptions(
        language=settings.workspace.language,
        default_country=intake.default_country,
        facts_columns=intake.facts,
        columns=intake.columns,
        facts_file=beside(intake.facts_file),
        accounts_file=accounts or beside(intake.accounts_file),
        suppression_files=suppression_lists(root, exclude.suppression),
        customers_file=beside(exclude.customers),
    )
