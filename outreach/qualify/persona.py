"""A prospect and the personas in; the persona that fits out, with reasons, or `no persona fits` and the nearest one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from outreach.domain.buyers import Persona
from outreach.domain.people import Prospect
from outreach.domain.verdicts import PersonaVerdict, Reason
from outreach.domain.vocabulary import Fit
from outreach.qualify.titles import (
    JOINT,
    Title,
    is_free,
    is_rank,
    is_subordinate,
    read_title,
    title_words,
    turns,
)
from outreach.text.folding import has_phrase

# Scores say how surely a person is the persona: a title above function and level, these above a function alone.
_WHOLE_TITLE, _PART_OF_TITLE, _BEHIND_A_WORD = 100.0, 90.0, 75.0
_ASSISTS_EXECUTIVE, _MAIN_FUNCTION, _OTHER_FUNCTION, _FUNCTION_ALONE = 80.0, 70.0, 65.0, 60.0
_LEVEL_UNKNOWN, _RULED_OUT = 40.0, 30.0
# Roles by how much a message to them presumes, least first.
_PRESUMES = (
    "user",
    "influencer",
    "champion",
    "technical_evaluator",
    "decision_maker",
    "economic_buyer",
    "gatekeeper",
)


@dataclass(frozen=True)
class Candidate:
    """How well one persona matches one prospect."""

    persona: Persona
    outcome: Fit
    score: float
    specific: int = 0
    """Words of the title that matched: the longest match is the most specific."""
    reasons: tuple[Reason, ...] = field(default=())


def match_persona(prospect: Prospect, personas: Sequence[Persona]) -> PersonaVerdict:
    """Return which persona a prospect is, with reasons.

    A title of the persona found in the prospect's title wins, the longest one first; then an assistant to an executive
    is a gatekeeper; then function and seniority. Equal matches go to the persona that names the prospect's main
    function, then to the first id, and a reason says so.
    """
    candidates = sorted((_judge(prospect, persona) for persona in personas), key=lambda c: _rank(c, prospect))
    if not candidates:
        return _no_persona("unknown", 0, "there are no personas")
    best = candidates[0]
    if best.outcome == "fit":
        return PersonaVerdict(
            id=best.persona.id,
            buying_role=best.persona.buying_role,
            verdict="fit",
            score=best.score,
            reasons=(*best.reasons, *_rivals(best, candidates[1:])),
        )
    if not prospect.title.strip() and best.outcome != "unknown":
        return _no_persona("unknown", 0, "title unknown")
    why = "; ".join(reason.text for reason in best.reasons)
    if best.outcome == "unfit" and not best.score:
        return _no_persona("unfit", 0, f"no persona fits {prospect.title!r}, nor comes near")
    if best.outcome == "unknown":
        return _no_persona("unknown", best.score, f"may be {best.persona.name} ({best.persona.id}): {why}")
    text = f"no persona fits {prospect.title!r}; nearest is {best.persona.name} ({best.persona.id}): {why}"
    return _no_persona("unfit", best.score, text)


def nearest_persona(prospect: Prospect, personas: Sequence[Persona]) -> Persona | None:
    """Return the persona that fits or comes nearest, for a run that drafts whatever can be drafted; None without any."""
    candidates = sorted((_judge(prospect, persona) for persona in personas), key=lambda c: _rank(c, prospect))
    return candidates[0].persona if candidates else None


def _no_persona(verdict: Fit, score: float, text: str) -> PersonaVerdict:
    return PersonaVerdict(
        verdict=verdict, score=score, reasons=(Reason(criterion="persona", outcome=verdict, text=text),)
    )


def _rank(candidate: Candidate, prospect: Prospect) -> tuple[int, int, float, int, int, str]:
    """Sort key, best first: outcome, words matched, score, whether the main function agrees, role, id.

    The role decides only between personas that do not fit: a user is the one that presumes least.
    """
    order = {"fit": 0, "unknown": 1, "unfit": 2}[candidate.outcome]
    agrees = bool(prospect.functions) and prospect.functions[0] in candidate.persona.match.functions
    presumes = 0 if candidate.outcome == "fit" else _PRESUMES.index(candidate.persona.buying_role)
    return order, -candidate.specific, -candidate.score, 0 if agrees else 1, presumes, candidate.persona.id


def _rivals(best: Candidate, others: Sequence[Candidate]) -> tuple[Reason, ...]:
    """Say which personas matched as well, and why they did not win."""
    rivals = [
        c for c in others if c.outcome == "fit" and c.specific == best.specific and c.score == best.score
    ]
    if not rivals:
        return ()
    names = ", ".join(rival.persona.id for rival in rivals)
    text = f"matches {names} as well: {best.persona.id} was taken by main function, then by id"
    return (Reason(criterion="persona", outcome="fit", text=text),)


def _judge(prospect: Prospect, persona: Persona) -> Candidate:
    title = read_title(prospect.title)
    by_title = _match_titles(title, persona)
    barred = next((word for word in persona.match.exclude if has_phrase(title.words, word)), None)
    if barred is not None:
        reason = _reason("exclude", "unfit", f"{barred!r} rules it out")
        return Candidate(persona, "unfit", 0 if by_title is None else _RULED_OUT, 0, (reason,))
    if by_title is not None:
        return by_title
    if title.assistant:
        return _judge_assistant(title, prospect, persona)
    return _match_function(title, prospect, persona)


def _reason(criterion: str, outcome: Fit, text: str, points: float = 0) -> Reason:
    return Reason(criterion=criterion, outcome=outcome, text=text, weight=points)


def _match_titles(title: Title, persona: Persona) -> Candidate | None:
    best: tuple[int, float, str] | None = None
    for wanted in persona.match.titles:
        phrase = title_words(wanted)
        if not phrase or (title.assistant and not any(is_subordinate(word) for word in phrase)):
            continue  # `Assistant to the CEO` is no CEO: only a title that names the assistant counts
        score = max((_find(segment, phrase) for segment in title.segments), default=0.0)
        found = (len(phrase), score, wanted)
        if score and (best is None or found[:2] > best[:2]):
            best = found
    if best is None:
        return None
    length, score, wanted = best
    return Candidate(
        persona, "fit", score, length, (_reason("title", "fit", f"title matches {wanted!r}", score),)
    )


@lru_cache(maxsize=65536)
def _find(segment: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """Return how surely a title's words hold the phrase's, in any order, with only free words between; 0: not at all."""
    if not set(phrase) <= set(segment):
        return 0.0
    return max((_score_window(segment, phrase, start) for start in range(len(segment))), default=0.0)


def _score_window(segment: tuple[str, ...], phrase: tuple[str, ...], start: int) -> float:
    missing = list(phrase)
    for at in range(start, len(segment)):
        word = segment[at]
        if word in missing:
            missing.remove(word)
        elif at == start or not (is_free(word) or word == JOINT):
            return 0.0
        if not missing:
            return _score_neighbours(segment[:start], segment[at + 1 :], single=len(phrase) == 1)
    return 0.0


def _score_neighbours(before: tuple[str, ...], after: tuple[str, ...], *, single: bool) -> float:
    following = next((word for word in after if not is_free(word)), "")
    preceding = next((word for word in reversed(before) if not is_free(word)), "")
    if turns(following) or is_subordinate(preceding):
        return 0.0
    alone_before, alone_after = preceding in {"", JOINT}, following in {"", JOINT}
    if single and not (alone_before and alone_after):
        return 0.0  # `Owner` is no `Product Owner`, `President` no `Vice President`
    if not alone_before:
        return _BEHIND_A_WORD
    rest = [word for word in (*before, *after) if word != JOINT and not is_free(word)]
    return _PART_OF_TITLE if rest else _WHOLE_TITLE


def _judge_assistant(title: Title, prospect: Prospect, persona: Persona) -> Candidate:
    serves = title.assistant == "executive" or "executive_assistance" in prospect.functions
    if persona.buying_role == "gatekeeper" and serves:
        reason = _reason("title", "fit", "an assistant to an executive is a gatekeeper", _ASSISTS_EXECUTIVE)
        return Candidate(persona, "fit", _ASSISTS_EXECUTIVE, 0, (reason,))
    text = "an assistant's title, and no title of the persona names one"
    return Candidate(persona, "unfit", 0, 0, (_reason("title", "unfit", text),))


def _match_function(title: Title, prospect: Prospect, persona: Persona) -> Candidate:
    match = persona.match
    shared = [function for function in prospect.functions if function in match.functions]
    if not shared:
        return _near_miss(title, prospect, persona)
    named = _reason("function", "fit", f"function {shared[0]}")
    main = shared[0] == prospect.functions[0]
    if not match.seniority:
        return Candidate(persona, "fit", _FUNCTION_ALONE, 0, (named,))
    wanted = ", ".join(match.seniority)
    if prospect.seniority is None:
        unknown = _reason("seniority", "unknown", f"seniority unknown, {wanted} is meant")
        return Candidate(persona, "unknown", _LEVEL_UNKNOWN, 0, (named, unknown))
    if prospect.seniority not in match.seniority:
        unfit = _reason("seniority", "unfit", f"seniority {prospect.seniority} is not {wanted}")
        return Candidate(persona, "unfit", 35.0 if main else 30.0, 0, (named, unfit))
    score = _MAIN_FUNCTION if main else _OTHER_FUNCTION
    fit = _reason("seniority", "fit", f"seniority {prospect.seniority}", score)
    return Candidate(persona, "fit", score, 0, (named, fit))


def _near_miss(title: Title, prospect: Prospect, persona: Persona) -> Candidate:
    """Score a persona that does not fit by the words its titles share, so that the nearest can be named."""
    given = {word for segment in title.segments for word in segment} - {JOINT}
    share = max((_overlap(given, title_words(wanted)) for wanted in persona.match.titles), default=0.0)
    level = prospect.seniority is not None and prospect.seniority in persona.match.seniority
    score = round(20 * share + (5 if level else 0), 1)
    told = f"function {', '.join(prospect.functions)} is not {', '.join(persona.match.functions) or 'named'}"
    text = told if prospect.functions else "no title of the persona is in it"
    return Candidate(persona, "unfit", score, 0, (_reason("title", "unfit", text),))


def _overlap(given: set[str], wanted: Sequence[str]) -> float:
    """Return the share of words in common, ranks left out: `VP Sales Operations` is near Sales, not near a VP."""
    trade, asked = ({word for word in words if not is_rank(word)} for words in (given, wanted))
    return len(trade & asked) / len(trade | asked) if trade and asked else 0.0
