"""A company and the ICP in; whether the employer fits out, with score, known weight and a reason for each criterion."""

from collections.abc import Sequence

from outreach.domain.buyers import Icp
from outreach.domain.people import Company, Fact
from outreach.domain.verdicts import IcpVerdict, Reason
from outreach.domain.vocabulary import Fit
from outreach.qualify.criteria import GroupOf, judge_criterion

_NEEDED_SHARE = 0.5


def judge_company(
    company: Company, icp: Icp, facts: Sequence[Fact] = (), *, group_of: GroupOf | None = None
) -> IcpVerdict:
    """Judge an employer by the ICP.

    The score is the weight of the criteria that fit over the weight of those that could be judged, times 100: what is
    unknown earns nothing and costs nothing. So that the unknown never adds up to a fit, the verdict is `unknown`
    where less than half of the weight could be judged, or where a required criterion could not.

    Args:
        company: the employer as the list tells it.
        icp: criteria with weights.
        facts: facts that may tell what columns do not.
        group_of: maps an industry name to its group (see `judge_criterion`).
    """
    reasons: list[Reason] = []
    barred: list[str] = []
    untold: list[str] = []
    for name, criterion in icp.criteria.items():
        outcome, text = judge_criterion(name, criterion, company, facts, group_of)
        points = {"fit": criterion.weight, "unfit": -criterion.weight, "unknown": 0.0}[outcome]
        required = " (required)" if criterion.required else ""
        reasons.append(Reason(criterion=name, outcome=outcome, text=text + required, weight=points))
        if criterion.required and outcome != "fit":
            (barred if outcome == "unfit" else untold).append(name)
    total = sum(criterion.weight for criterion in icp.criteria.values())
    known = sum(abs(reason.weight) for reason in reasons)
    earned = sum(reason.weight for reason in reasons if reason.outcome == "fit")
    score = 100 * earned / known if known else 0.0
    share = known / total if total else 0.0
    if barred:  # a required mismatch comes first: it is certain
        why = _reason("unfit", f"required: {', '.join(barred)} does not fit")
    elif share < _NEEDED_SHARE:
        why = _reason("unknown", f"only {100 * share:.0f} % of the weight could be judged, half is needed")
    elif untold:
        why = _reason("unknown", f"required but unknown: {', '.join(untold)}")
    elif score >= icp.fit_score:
        why = _reason("fit", f"score {score:.3g} of 100, {icp.fit_score:g} is enough")
    else:
        why = _reason("unfit", f"score {score:.3g} of 100, {icp.fit_score:g} is needed")
    return IcpVerdict(
        verdict=why.outcome, score=round(score, 1), known_weight=round(share, 4), reasons=(*reasons, why)
    )


def _reason(outcome: Fit, text: str) -> Reason:
    return Reason(criterion="verdict", outcome=outcome, text=text)
