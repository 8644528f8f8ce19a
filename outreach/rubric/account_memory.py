"""Sequences one by one, each with its account, in; what each exposes, repeats or contradicts of those before it out."""

from collections import OrderedDict

from outreach.domain.judgement import Finding
from outreach.rubric.account_judge import account_findings
from outreach.rubric.account_view import Colleagues, Told
from outreach.rubric.checks_account import names_colleague
from outreach.rubric.registry import all_checks
from outreach.rubric.rubrics import Rubric

#: Sequences that are remembered: of a longer list, those of the accounts seen last, so that memory stays flat.
_KEPT = 1_000


class AccountMemory:
    """What people of each account got, for a list that is read once."""

    def __init__(self, rubric: Rubric) -> None:
        """Begin without anybody."""
        self._rubric = rubric
        self._accounts: OrderedDict[str, list[Told]] = OrderedDict()
        self._size = 0

    def findings(self, account: str, told: Told) -> dict[int, list[Finding]]:
        """Take in a sequence; return, by step, what the account's checks find in it beside those before it.

        Messages to one and the same person are no colleagues'. A name that an earlier message gave away is found here, at
        the person who is named: the earlier verdict is out already.
        """
        if not account or not told.record.steps:
            return {}
        seen = self._accounts.setdefault(account, [])
        before = tuple(other for other in seen if other.prospect != told.prospect)
        people = tuple(dict.fromkeys(other.prospect for other in before))
        found = account_findings(told, Colleagues(people, before), self._rubric)
        given_away = [finding for other in before for finding in self._named_in(other, told)]
        if given_away:
            found.setdefault(told.record.steps[0].step, []).extend(given_away[:1])
        self._keep(account, told)
        return found

    def _named_in(self, other: Told, told: Told) -> list[Finding]:
        spec = next(spec for spec in all_checks().values() if spec.run is names_colleague)
        named = account_findings(other, Colleagues((told.prospect,)), self._rubric)
        return [
            finding.model_copy(
                update={
                    "message": f"named in step {step} to a colleague ({other.record.id})",
                    "start": -1,
                    "end": -1,
                }
            )
            for step, findings in named.items()
            for finding in findings
            if finding.check == spec.id
        ]

    def _keep(self, account: str, told: Told) -> None:
        self._accounts[account].append(told)
        self._accounts.move_to_end(account)
        self._size += 1
        while self._size > _KEPT and len(self._accounts) > 1:
            _, forgotten = self._accounts.popitem(last=False)
            self._size -= len(forgotten)
