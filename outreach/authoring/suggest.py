"""The people of a lead list and the personas in; groups of titles, who takes them, and a persona proposed for those nobody takes, out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pydantic import Field

from outreach.authoring.form import with_defaults
from outreach.authoring.persona_file import persona_yaml
from outreach.authoring.questions import questions, role_of
from outreach.authoring.sheet import Item, Sheet
from outreach.authoring.wording import slug
from outreach.domain.buyers import Persona
from outreach.domain.people import Prospect
from outreach.domain.record import Record
from outreach.domain.vocabulary import BuyingRole, Function, Seniority
from outreach.qualify.persona import match_persona

MAX_EXAMPLES = 5
MAX_TITLES = 30


class Proposal(Record):
    """A persona that would take people nobody takes. Its titles are the list's own; its pains are left to a person."""

    id: str
    name: str
    buying_role: BuyingRole
    why: str = Field(description="why this buying role: rank, field and size of the firms")
    titles: tuple[str, ...]


class TitleGroup(Record):
    """People of one field and rank."""

    function: Function | None
    seniority: Seniority | None
    people: int
    examples: tuple[str, ...] = Field(description="titles as the list says them, the most frequent first")
    taken: dict[str, int] = Field(description="people by the persona that takes them")
    untaken: int
    employees: float | None = Field(
        None, description="median head count of the firms of those nobody takes, where known"
    )
    proposal: Proposal | None = None


@dataclass(frozen=True)
class _Seen:
    prospect: Prospect
    persona: str | None


def title_groups(people: Sequence[Prospect], personas: Sequence[Persona], least: int = 1) -> list[TitleGroup]:
    """Return the groups, those with the most people that nobody takes first.

    Args:
        people: of the list, with titles as they were read.
        personas: who may take them, matched as `qualify` matches.
        least: so many untaken people of a group make a proposal worth it.
    """
    groups: dict[tuple[Function | None, Seniority | None], list[_Seen]] = {}
    for person in people:
        key = (person.functions[0] if person.functions else None, person.seniority)
        groups.setdefault(key, []).append(_Seen(person, match_persona(person, personas).id))
    taken_ids = {persona.id for persona in personas}
    found = []
    for (function, seniority), seen in groups.items():
        found.append(_group(function, seniority, seen, taken_ids, least))
    return sorted(
        found, key=lambda group: (-group.untaken, -group.people, group.function or "", group.seniority or "")
    )


def _group(
    function: Function | None, seniority: Seniority | None, seen: list[_Seen], taken_ids: set[str], least: int
) -> TitleGroup:
    untaken = [one.prospect for one in seen if one.persona is None]
    titles = _titles([one.prospect for one in seen])
    sizes = [size for person in untaken if (size := _head_count(person)) is not None]
    employees = float(median(sizes)) if sizes else None
    proposal = None
    if len(untaken) >= least and function not in {None, "other"} and _titles(untaken):
        proposal = _propose(function, seniority, _titles(untaken), employees, len(sizes), taken_ids)
    return TitleGroup(
        function=function, seniority=seniority, people=len(seen), examples=tuple(titles[:MAX_EXAMPLES]),
        taken=dict(Counter(one.persona for one in seen if one.persona is not None).most_common()),
        untaken=len(untaken), employees=employees, proposal=proposal,
    )  # fmt: skip


def _titles(people: Sequence[Prospect]) -> list[str]:
    """Return the titles, the most frequent first, each spelling once."""
    counts = Counter(person.title.strip() for person in people if person.title.strip())
    once: dict[str, str] = {}
    for title, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        once.setdefault(title.casefold(), title)
    return list(once.values())


def _head_count(person: Prospect) -> float | None:
    known = person.company.employees
    if known is None:
        return None
    ends = [end for end in (known.low, known.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _propose(
    function: Function | None,
    seniority: Seniority | None,
    titles: list[str],
    employees: float | None,
    known: int,
    taken_ids: set[str],
) -> Proposal:
    role, why = role_of((function,) if function else (), seniority, employees)
    size = (
        f"; firms of {employees:.0f} people in the middle, known of {known}"
        if employees is not None
        else "; the list tells no head count"
    )
    made = slug(titles[0]) or slug(f"{function}-{seniority}")
    identity = made if made not in taken_ids else f"{made}-2"
    return Proposal.model_validate(
        {
            "id": identity,
            "name": titles[0],
            "buying_role": role,
            "why": why + size,
            "titles": titles[:MAX_TITLES],
        }
    )


def proposal_yaml(group: TitleGroup, source: str, own: str) -> str:
    """Return the file of a group's proposal: what the list tells, and the rest to be filled in."""
    proposal = group.proposal
    if proposal is None:
        msg = "the group has no proposal"
        raise ValueError(msg)
    sheet: Sheet = {
        "name": (Item(proposal.name, note=f"{group.untaken} people of {source} whom no persona takes"),),
        "id": (Item(proposal.id),),
        "titles": tuple(Item(title) for title in proposal.titles),
        "buying_role": (Item(proposal.buying_role, note=f"proposed: {proposal.why}"),),
    }
    # Where another persona takes people of the same field and rank, only the titles tell the two apart.
    alone = not group.taken
    sheet["functions"] = (Item(group.function),) if group.function and alone else ()
    sheet["seniority"] = (Item(group.seniority),) if group.seniority and alone else ()
    whole = with_defaults(questions("persona"), sheet)
    return persona_yaml(whole, "", f"titles in {source}", "low", own, own)
