"""The people of a list and the drafts of each in; for any of them, who the colleagues are and what they get, out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from outreach.domain.judgement import ContextProspect, Finding
from outreach.domain.lines import GenerateLine
from outreach.domain.plans import Plan
from outreach.domain.versions import Candidates
from outreach.rubric.account_judge import account_findings, is_account_check
from outreach.rubric.account_view import Colleagues, Told, rests_on_fact
from outreach.rubric.rubrics import Rubric
from outreach.running.sequences import as_sequence


class Circle:
    """Who is written to in each account, and the drafts so far. Somebody without an account has no colleagues."""

    def __init__(self, rubric: Rubric) -> None:
        """Begin without anybody; the rubric says what counts as alike."""
        self._rubric = rubric
        self._people: dict[str, dict[str, ContextProspect]] = defaultdict(dict)
        self._told: dict[str, dict[str, Told]] = defaultdict(dict)
        self._spare: dict[str, dict[str, list[str]]] = defaultdict(dict)

    def expect(self, plans: Iterable[Plan]) -> None:
        """Take in who will be written to."""
        for plan in plans:
            person, account = plan.prospect, plan.prospect.company.key
            if account:
                self._people[account][plan.outreach_id] = ContextProspect(
                    first_name=person.first_name, last_name=person.last_name, company=person.company.name, role=person.title
                )  # fmt: skip

    def add(self, line: GenerateLine, candidates: Candidates | None = None) -> None:
        """Take in what somebody gets, and what it was picked from; a draft of the same person before it is forgotten."""
        if line.account:
            self._people[line.account][line.outreach_id] = line.context.prospect
            self._told[line.account][line.outreach_id] = told_of(line, self._rubric)
            self._spare[line.account][line.outreach_id] = [
                message.body
                for one in (candidates.candidates if candidates else ())
                for message in one.messages
            ]

    def of(self, plan: Plan) -> Colleagues:
        """Return the colleagues of a plan's person."""
        return self._around(plan.prospect.company.key, plan.outreach_id)

    def bodies_around(self, plan: Plan) -> list[str]:
        """Return what colleagues get, and what they would get if a person took another candidate for one of them."""
        account, own = plan.prospect.company.key, plan.outreach_id
        if not account:
            return []
        told = [step.body for one in self.of(plan).before for step in one.record.steps]
        spare = [body for name, bodies in self._spare[account].items() if name != own for body in bodies]
        return [*told, *spare]

    def findings(self, line: GenerateLine) -> dict[int, list[Finding]]:
        """Return what the account's checks find in a draft beside the others, by step."""
        colleagues = self._around(line.account or "", line.outreach_id)
        return account_findings(told_of(line, self._rubric), colleagues, self._rubric)

    def _around(self, account: str, own: str) -> Colleagues:
        if not account:
            return Colleagues()
        return Colleagues(
            tuple(person for name, person in sorted(self._people[account].items()) if name != own),
            tuple(told for name, told in self._told[account].items() if name != own),
        )


def told_of(line: GenerateLine, rubric: Rubric) -> Told:
    """Return a draft as the account's checks read it."""
    first = line.messages[0].basis if line.messages else ()
    return Told(as_sequence(line), rubric, tells_fact=rests_on_fact(one.rests_on for one in first))


def account_errors(found: Mapping[int, Sequence[Finding]]) -> set[tuple[int, str]]:
    """Return step and check of each error in findings by step."""
    return {
        (step, finding.check)
        for step, findings in found.items()
        for finding in findings
        if finding.severity == "error"
    }


def errors_about_colleagues(line: GenerateLine) -> set[tuple[int, str]]:
    """Return step and check of each error that a draft has because of its colleagues."""
    return account_errors(
        {
            message.step: [finding for finding in message.findings if is_account_check(finding.check)]
            for message in line.messages
        }
    )


def judged_again(line: GenerateLine, found: Mapping[int, Sequence[Finding]], rubric: Rubric) -> GenerateLine:
    """Return a draft with these findings in place of those about colleagues that it had; no score rises by it."""
    messages = []
    for message in line.messages:
        own = [finding for finding in message.findings if not is_account_check(finding.check)]
        findings = (*found.get(message.step, ()), *own)
        fails = any(finding.severity == "error" for finding in findings)
        messages.append(
            message.model_copy(
                update={
                    "findings": findings,
                    "verdict": "fail" if fails else "pass",
                    "score": min(message.score, rubric.cap) if fails else message.score,
                }
            )
        )
    fails = any(message.verdict == "fail" for message in messages) or any(
        finding.severity == "error" for finding in line.findings
    )
    return line.model_copy(
        update={
            "messages": tuple(messages),
            "verdict": "fail" if fails else "pass",
            "score": min(line.score, rubric.cap) if fails else line.score,
        }
    )
