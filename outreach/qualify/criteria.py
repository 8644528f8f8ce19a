"""One ICP criterion and a company in; fit, unfit or unknown out, with a reason that a person can read."""

import re
from collections.abc import Callable, Iterable, Sequence

from outreach.domain.buyers import Criterion
from outreach.domain.people import Company, Fact, Range
from outreach.domain.vocabulary import Fit
from outreach.qualify.numbers import judge_range
from outreach.text.folding import folded_words, has_phrase
from outreach.text.regions import countries_in, country_code

#: Maps an industry name to its group, such as `Computer Software` to `software`; None where it has none.
GroupOf = Callable[[str], str | None]

# Which named part of which kind of fact tells the same as a column of the list.
_FACT_SLOTS = {"technologies": ("technology", ("technology", "what")), "funding": ("funding", ("round",))}


def judge_criterion(
    name: str, criterion: Criterion, company: Company, facts: Sequence[Fact], group_of: GroupOf | None = None
) -> tuple[Fit, str]:
    """Return the outcome of one criterion and the reason, such as `employees 120 within 50–1000`.

    Args:
        name: the criterion's key in `icp.yaml`.
        criterion: what satisfies it.
        company: the employer; what the list does not tell is None or empty.
        facts: dated facts; a technology or funding fact may tell what the columns do not.
        group_of: maps an industry name to its group, so that an ICP may name either.
    """
    founded = None if company.founded is None else Range(low=company.founded, high=company.founded)
    match name:
        case "employees":
            verdict = _number("employees", company.employees, criterion)
        case "revenue_usd":
            verdict = _revenue(company, criterion)
        case "founded":
            verdict = _number("founded", founded, criterion)
        case "country":
            verdict = _country(company.country, criterion)
        case "industry":
            verdict = _industry(company, criterion, group_of)
        case "keywords":
            verdict = _keywords(company, criterion)
        case _:
            verdict = _listed(name, company, criterion, facts)
    return verdict


def _number(label: str, known: Range | None, criterion: Criterion) -> tuple[Fit, str]:
    outcome, phrase = judge_range(known, criterion.min, criterion.max)
    return outcome, f"{label} {phrase}"


def _revenue(company: Company, criterion: Criterion) -> tuple[Fit, str]:
    outcome, phrase = judge_range(company.revenue_usd, criterion.min, criterion.max)
    if company.revenue_usd is None:
        return outcome, f"revenue {phrase}"
    about = ", converted from another currency" if company.revenue_approximate else ""
    return outcome, f"revenue {phrase} (US dollars a year{about})"


def _country(country: str | None, criterion: Criterion) -> tuple[Fit, str]:
    if not country:
        return "unknown", "country unknown"
    code = country_code(country) or country.upper()
    barred = [place for place in criterion.none if code in _codes(place)]
    if barred:
        return "unfit", f"country {code} is ruled out ({barred[0]})"
    wanted = (*criterion.any, *((criterion.region,) if criterion.region else ()))
    hit = next((place for place in wanted if code in _codes(place)), None)
    if hit is not None:
        return "fit", f"country {code}" if country_code(hit) == code else f"country {code} in {hit}"
    if not wanted:
        return "fit", f"country {code} is not ruled out"
    return "unfit", f"country {code} not in {_shown(wanted)}"


def _codes(place: str) -> frozenset[str]:
    """Return the countries that a name means: a country's own code first, so that `CA` is Canada, else a region."""
    code = country_code(place)
    return frozenset({code}) if code else countries_in(place)


def _industry(company: Company, criterion: Criterion, group_of: GroupOf | None) -> tuple[Fit, str]:
    said, group = company.industry or "", company.industry_group or ""
    if not said and not group:
        return "unknown", "industry unknown"

    def matches(wanted: str) -> bool:
        names_group = bool(group) and folded_words(wanted) == folded_words(group)
        same_group = bool(group) and group_of is not None and group_of(wanted) == group
        return names_group or same_group or has_phrase(folded_words(said), wanted)

    shown = (
        f"{said} ({group})" if said and group and folded_words(said) != folded_words(group) else said or group
    )
    outcome, reason = _choose("industry", shown, criterion, matches)
    if outcome == "unfit" and not group and not any(map(matches, criterion.none)):
        # A name outside our table may still belong to a wanted group: that is not knowing, not a mismatch.
        return (
            "unknown",
            f"industry {said} is in no group we know, nor is it named in {_shown(criterion.any)}",
        )
    return outcome, reason


def _keywords(company: Company, criterion: Criterion) -> tuple[Fit, str]:
    if not company.keywords and not company.description:
        return "unknown", "keywords unknown"
    texts = [
        folded_words(text) for text in (*company.keywords, company.description or "", company.industry or "")
    ]
    return _choose(
        "keywords", "", criterion, lambda wanted: any(has_phrase(words, wanted) for words in texts)
    )


def _listed(name: str, company: Company, criterion: Criterion, facts: Sequence[Fact]) -> tuple[Fit, str]:
    columns = company.technologies if name == "technologies" else tuple(filter(None, [company.funding_round]))
    known = [*columns, *_from_facts(name, facts)]
    if not known:
        return "unknown", f"{name} unknown"
    if not criterion.any and not criterion.none:
        return "unknown", f"{name} names nothing that could be compared"
    words = [folded_words(_rounds(text)) for text in known]
    return _choose(
        name,
        _shown(known),
        criterion,
        lambda wanted: any(has_phrase(text, _rounds(wanted)) for text in words),
    )


def _from_facts(name: str, facts: Iterable[Fact]) -> list[str]:
    kind, slots = _FACT_SLOTS[name]
    return [fact.slots[slot] for fact in facts if fact.kind == kind for slot in slots if fact.slots.get(slot)]


def _rounds(text: str) -> str:
    """Write `Pre-Seed` as one word: it is another round than `Seed`."""
    return re.sub(r"\bpre[-\s]+", "pre", text, flags=re.IGNORECASE)


def _choose(label: str, shown: str, criterion: Criterion, matches: Callable[[str], bool]) -> tuple[Fit, str]:
    """Judge `none` before `any`; with `none` alone, whatever is not ruled out fits."""
    known = f"{label} {shown}".strip()
    barred = next((word for word in criterion.none if matches(word)), None)
    if barred is not None:
        return "unfit", f"{known}: {barred} is ruled out"
    hit = next((word for word in criterion.any if matches(word)), None)
    if hit is not None:
        return "fit", f"{known}: matches {hit}"
    if not criterion.any:
        return "fit", f"{known}: nothing that is ruled out"
    return "unfit", f"{known}: none of {_shown(criterion.any)}"


def _shown(names: Sequence[str], most: int = 4) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
