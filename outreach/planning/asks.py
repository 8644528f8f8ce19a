"""A step's goal, the role policy and the offer in; what the step asks and which of the offer's asks it names out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from outreach.domain.record import text_in
from outreach.domain.selling import Ask, Offer, RolePolicy
from outreach.domain.vocabulary import AskKind, Channel, Goal
from outreach.text.folding import stem

#: Kinds that offer something: they need an ask of the offer. The others need none.
_OFFERED: frozenset[AskKind] = frozenset({"asset", "forward", "trial", "meeting"})
_WEIGHTS = {"light": 0, "medium": 1, "heavy": 2}
#: All that may stand in a connection note: an offer there is a pitch before the handshake.
_IN_NOTE: frozenset[AskKind] = frozenset({"none", "question"})


@dataclass(frozen=True)
class Asked:
    """What a step asks."""

    kind: AskKind
    ask_id: str | None = None


def choose_ask(
    goal: Goal,
    channel: Channel,
    policy: RolePolicy,
    offer: Offer,
    *,
    pains: Sequence[str],
    before: Sequence[Asked],
    language: str,
    claimed: bool = True,
    avoid: Collection[str] = (),
) -> Asked:
    """Return what a step asks: the first kind that the policy allows here, differs from the step before, and offers nothing twice.

    Args:
        goal: the step's; the policy names the kinds allowed for it, preferred first.
        channel: a connection note only greets or asks about the reader.
        policy: of the buying role.
        offer: whose asks, of the kind, lightest first.
        pains: ids of the pains raised so far, the step's own last; an ask that belongs to none of them comes last.
        before: what the steps before asked, first to last.
        language: of the draft; an ask with a text in it goes before one without.
        claimed: whether the step tells a claim; without one there is no reason to meet yet.
        avoid: ids of asks that colleagues get: another one goes before.
    """
    before = [
        asked for asked in before if asked.kind != "none"
    ]  # a handshake between two asks does not part them
    allowed = [kind for kind in _allowed(goal, channel, policy) if claimed or kind != "meeting"]
    last = before[-1] if before else Asked("none")
    offered = {asked.ask_id for asked in before} - {None}

    def rank(choice: Asked) -> tuple[bool, bool, bool]:
        return choice.kind == last.kind, choice.ask_id in {last.ask_id} - {None}, choice.ask_id in offered

    # What belongs to another problem comes out of nowhere: only where the same kind would be asked twice in a row.
    for stray in (False, True):
        choices = [_with_ask(kind, offer, pains, before, language, avoid, stray=stray) for kind in allowed]
        best = min((choice for choice in choices if choice is not None), key=rank, default=None)
        if best is not None and best.kind != last.kind:
            break
    if best is None:
        return Asked("none") if channel == "connection_request" else _needing_nothing(policy)
    again = best.ask_id in offered or best.kind == last.kind
    if again and channel != "connection_request" and last.kind != "route" and _ever(policy, "route"):
        return Asked("route")  # the same thing twice says less than asking whose subject it is
    return best


def _ever(policy: RolePolicy, kind: AskKind) -> bool:
    return any(kind in allowed for allowed in policy.asks.values())


def _allowed(goal: Goal, channel: Channel, policy: RolePolicy) -> list[AskKind]:
    """Return the kinds a policy allows, without what it forbids and what the channel does not bear."""
    forbidden = {stem(move.move.strip().casefold()) for move in policy.forbidden}
    kinds = [kind for kind in policy.asks.get(goal, ()) if stem(kind) not in forbidden]
    if channel == "connection_request":
        return [kind for kind in kinds if kind in _IN_NOTE]
    # A message that asks nothing gives the reader nothing to answer: only where the policy names nothing else.
    return [kind for kind in kinds if kind != "none"] or kinds


def _needing_nothing(policy: RolePolicy) -> Asked:
    """Return what is asked where the offer has nothing that the policy allows: what the role is asked elsewhere, or a question."""
    kinds = (kind for allowed in policy.asks.values() for kind in allowed if kind in {"question", "route"})
    return Asked(next(kinds, "question"))


def _with_ask(
    kind: AskKind,
    offer: Offer,
    pains: Sequence[str],
    before: Sequence[Asked],
    language: str,
    avoid: Collection[str],
    *,
    stray: bool,
) -> Asked | None:
    """Return the best ask of a kind, of those that belong to the pains unless `stray`; None where there is none."""
    if kind not in _OFFERED:
        return Asked(kind)
    asks = [ask for ask in offer.asks if ask.kind == kind]
    if kind == "forward" and not asks:
        # What may be sent may be passed on.
        asks = [ask for ask in offer.asks if ask.kind == "asset"]
    if not stray:
        asks = [ask for ask in asks if not ask.answers or set(pains) & set(ask.answers)]
    if not asks:
        return None
    used = {asked.ask_id for asked in before}
    last = before[-1].ask_id if before else None

    def rank(ask: Ask) -> tuple[bool, bool, bool, bool, bool, int]:
        untold = not (text_in(ask.text, language) or "").strip()
        own = bool(pains) and pains[-1] in ask.answers
        return untold, ask.id == last, ask.id in used, ask.id in avoid, not own, _WEIGHTS[ask.weight]

    return Asked(kind, min(asks, key=rank).id)
