"""Reports of a judge in; how often it found, abstained and failed, and why, out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from outreach.domain.judgement import Finding, Verdict
from outreach.domain.opinions import JudgedSequenceVerdict, JudgedVerdict, JudgeReport

#: More reasons than these are no longer read.
_MOST_REASONS = 6
_WORDS = {"void": "void", "not_asked": "not asked", "failed": "did not run"}


@dataclass
class Tally:
    """Counts as reports come in, so that memory stays flat."""

    messages: int = 0
    errors: int = 0
    warnings: int = 0
    #: Drafts that the rules fail: nobody asked the judge about them.
    not_shown: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    #: (answer, criterion, why) of every opinion that is no yes or no.
    reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, report: JudgeReport, findings: Iterable[Finding]) -> None:
        """Count a report, and those of the findings that are the judge's."""
        self.messages += len({opinion.step for opinion in report.opinions})
        for opinion in report.opinions:
            self.answers[opinion.answer] += 1
            if opinion.answer not in {"yes", "no"}:
                self.reasons[opinion.answer, opinion.criterion, opinion.why] += 1
        mine = [finding.severity for finding in findings if finding.check.startswith("judge.")]
        self.errors += mine.count("error")
        self.warnings += mine.count("warn")

    def add_verdict(self, verdict: Verdict) -> None:
        """Count a verdict of `validate`; one of the rules alone has no report."""
        if isinstance(verdict, JudgedVerdict):
            self.add(verdict.judge, verdict.findings)
        elif isinstance(verdict, JudgedSequenceVerdict):
            self.add(verdict.judge, (one for step in verdict.steps for one in step.findings))

    def lines(self) -> list[str]:
        """Return what a person should know: the counts, and which criteria did not run, and why."""
        found = [f"{self.messages} messages, {self.errors} errors and {self.warnings} warnings of the judge"]
        if self.not_shown:
            found.append(f"  {self.not_shown} drafts fail by the rules and were not shown to it")
        common = self.reasons.most_common(_MOST_REASONS)
        found += [
            f"  {criterion}: {_WORDS[answer]} {count} times: {why}"
            for (answer, criterion, why), count in common
        ]
        rest = sum(self.reasons.values()) - sum(count for _, count in common)
        if rest:
            found.append(f"  and {rest} more without an answer that counts")
        if any(answer in {"void", "failed"} for answer, _, _ in self.reasons):
            found.append("  for these the rules alone decided")
        return found
