"""An ICP in its file in; what is thin in it out: what decides too much, what can never be met, what is not excluded."""

from collections.abc import Iterator

from outreach.authoring.thin import Authored, Surroundings, Thin, left_open
from outreach.domain.buyers import Criterion, Icp
from outreach.qualify.signals import fact_kinds
from outreach.text.folding import folded_words
from outreach.text.regions import countries_in, country_code, region_names

_NUMBERS = frozenset({"employees", "revenue_usd", "founded"})


def lint_icp(file: Authored[Icp], around: Surroundings) -> list[Thin]:
    """Return what is thin in an ICP, in the order of the file."""
    del around  # an ICP is judged by itself; the argument is what all lints take
    found = [*_weights(file), *_impossible(file), *_signals(file), *_exclusions(file)]
    return sorted([*found, *left_open(file, found)], key=lambda thin: thin.line or 0)


def _weights(file: Authored[Icp]) -> Iterator[Thin]:
    criteria = file.record.criteria
    if not criteria:
        yield file.thin(("criteria",), "no criteria", "no company ever fits, and nobody is written to",
                        "criteria: industry, employees, country or technologies", grave=True)  # fmt: skip
        return
    if len(criteria) == 1:
        yield file.thin(("criteria",), f"{next(iter(criteria))} alone decides everything", "one wrong cell of a list makes a company fit or not",
                        "a second and third criterion")  # fmt: skip
        return
    total = sum(criterion.weight for criterion in criteria.values())
    for name, criterion in criteria.items():
        if 100 * criterion.weight / total >= file.record.fit_score:
            yield file.thin(("criteria", name), f"{name} weighs {criterion.weight:g} of {total:g}: it reaches the fit score alone",
                            "the other criteria change nothing once it fits", "weights nearer to each other, or `required: true` if that is meant")  # fmt: skip
    if not any(file.says("criteria", name, "weight") for name in criteria):
        yield file.thin(("criteria",), "no weights", "every criterion counts the same, so the least important decides as often as the first",
                        "weight: 3 for what must be, 1 for what is nice")  # fmt: skip


def _impossible(file: Authored[Icp]) -> Iterator[Thin]:
    for name, criterion in file.record.criteria.items():
        for why in _never_met(name, criterion):
            yield file.thin(("criteria", name), why, "it never fits, and takes its weight from every company's score",
                            "a value that a company can have", about=name, grave=True)  # fmt: skip


def _never_met(name: str, criterion: Criterion) -> Iterator[str]:
    if criterion.min is not None and criterion.max is not None and criterion.min > criterion.max:
        yield f"min {criterion.min:g} is above max {criterion.max:g}"
    bounded = criterion.min is not None or criterion.max is not None
    worded = bool(criterion.any or criterion.none or criterion.region)
    if name in _NUMBERS and not bounded:
        yield "neither min nor max" + (", and words do not count here" if worded else "")
    if name not in _NUMBERS and not worded:
        yield "nothing that could match: no any, none" + (" or region" if name == "country" else "")
    both = {folded_words(word) for word in criterion.any} & {folded_words(word) for word in criterion.none}
    if both:
        yield f"{' '.join(sorted(both)[0])!r} stands under any and under none"
    if name == "country":
        for place in (*criterion.any, *criterion.none, *filter(None, [criterion.region])):
            if country_code(place) is None and not countries_in(place):
                yield f"{place!r} is no country or region we know ({', '.join(region_names()[:6])} …)"


def _signals(file: Authored[Icp]) -> Iterator[Thin]:
    icp = file.record
    if not icp.signals:
        yield file.thin(("signals",), "no signals", "no fact is a better reason to write than another, and each goes stale by a general rule",
                        "signals: hiring, funding, expansion: what makes it the right week to write")  # fmt: skip
    known = fact_kinds()
    for index, signal in enumerate(icp.signals):
        place, about = ("signals", index), f"signal {signal.id}"
        if not signal.kinds and not signal.any:
            yield file.thin(
                place,
                "neither kinds nor words",
                "any fact at all fires it",
                "kinds: [hiring], or words under any",
                about=about,
            )
        unknown = [kind for kind in signal.kinds if kind.casefold().replace(" ", "_") not in known]
        if unknown:
            yield file.thin(place, f"{', '.join(unknown)} is no kind we know", "it fires only on facts that your own files name so",
                            f"one of {', '.join(known)}", about=about)  # fmt: skip


def _exclusions(file: Authored[Icp]) -> Iterator[Thin]:
    exclude = file.record.exclude
    if not exclude.customers:
        yield file.thin(("exclude",), "no customers file", "those who buy already get a cold message",
                        "exclude.customers: a CSV with their domains or names")  # fmt: skip
    if not exclude.suppression:
        yield file.thin(("exclude",), "no suppression file", "whoever asked not to be written to is written to again",
                        "exclude.suppression: a CSV of people and firms not to contact", grave=True)  # fmt: skip
    if not exclude.domains and not exclude.companies:
        yield file.thin(("exclude",), "no competitors", "a rival in the list gets your best arguments",
                        "exclude.domains: their domains")  # fmt: skip
