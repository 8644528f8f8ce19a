"""The rubric's figures on the labelled set, counts beside rates, per language, misses listed."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.labelled import SETS, dev, hostile_answers, own
from outreach.domain.judgement import MessageRecord, SequenceRecord
from outreach.domain.vocabulary import LANGUAGES
from outreach.rubric.judge import judge_message, judge_sequence
from outreach.rubric.rubrics import builtin_rubric

SOFT_IDS = {"fabricated_fact", "wrong_company"}


@dataclass
class Figures:
    """Counts over labelled records."""

    fails: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    passes: int = 0
    refused: int = 0
    near: int = 0
    near_refused: int = 0
    noisy: int = 0
    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    total: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, record: dict[str, Any], verdict: str, defects: set[str]) -> None:
        """Count one record against its labels; a pass refused only for tolerated ids is not held against the rubric."""
        labels = record["labels"]
        tolerated = set(labels["tolerated"])
        self.total += 1
        if labels["verdict"] == "pass":
            wrong = verdict == "fail" and not (defects and defects <= tolerated)
            self.passes += 1
            self.refused += wrong
            self.noisy += bool(defects - tolerated)
            self.right += not wrong
            self.near += bool(record.get("near_miss"))
            self.near_refused += bool(record.get("near_miss")) and wrong
            if wrong:
                self.misses.append(
                    f"{record['id']} ({record['language']}): refused for {', '.join(sorted(defects))}"
                )
            return
        wanted = set(labels["defects"])
        self.fails[record["difficulty"]] += 1
        self.caught[record["difficulty"]] += verdict == "fail"
        self.right += verdict == "fail"
        self.labelled.update(wanted)
        self.found.update(wanted & defects)
        if verdict == "pass":
            self.misses.append(
                f"{record['id']} ({record['language']}, {record['difficulty']}): passed, is {', '.join(sorted(wanted))}"
            )

    def lines(self) -> list[str]:
        """Return the table as lines."""
        both = self.caught["easy"] + self.caught["medium"], self.fails["easy"] + self.fails["medium"]
        weak = [
            f"{name} {_rate(self.found[name], n)}"
            for name, n in sorted(self.labelled.items())
            if self.found[name] < (0.5 if name in SOFT_IDS else 0.75) * n
        ]
        return [
            f"verdict accuracy          {_rate(self.right, self.total)}",
            f"fails caught, easy        {_rate(self.caught['easy'], self.fails['easy'])}   wanted 0.95",
            f"fails caught, easy+medium {_rate(*both)}   wanted 0.90",
            f"fails caught, hard        {_rate(self.caught['hard'], self.fails['hard'])}",
            f"passes refused            {_rate(self.refused, self.passes)}   at most 0.03",
            f"near-misses refused       {_rate(self.near_refused, self.near)}   at most 0.04",
            f"passes with a finding     {_rate(self.noisy, self.passes)}   at most 0.10",
            f"label recall              {_rate(sum(self.found.values()), sum(self.labelled.values()))}   wanted 0.80",
            f"ids under their recall    {', '.join(weak) or 'none'}",
        ]


def _rate(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "0/0"


def figures(records: list[dict[str, Any]]) -> Figures:
    """Judge labelled messages or sequences and count."""
    rubric, found = builtin_rubric(), Figures()
    for record in records:
        if "steps" in record:
            verdict = judge_sequence(SequenceRecord.model_validate(record), rubric)
        else:
            verdict = judge_message(MessageRecord.model_validate(record), rubric)
        found.add(record, verdict.verdict, set(verdict.defects))
    return found


def hijacked() -> tuple[int, int]:
    """Return how many answers of a hijacked model, bodies without context, are stopped or let through as labelled."""
    records = hostile_answers()
    rubric = builtin_rubric()
    right = 0
    for number, record in enumerate(records):
        message = MessageRecord(id=str(number), channel="linkedin_message", body=record["body"])
        right += (judge_message(message, rubric).verdict == "fail") == record["block"]
    return right, len(records)


def report(title: str, messages: list[dict[str, Any]], sequences: list[dict[str, Any]]) -> None:
    """Print the figures of a labelled set, its misses and a line a language."""
    for kind, records in (("messages", messages), ("sequences", sequences)):
        if not records:
            continue
        result = figures(records)
        print(f"## {title}: {kind} ({len(records)})")
        print("\n".join(result.lines()))
        print("\n".join(f"  miss: {miss}" for miss in result.misses) or "  no misses")
        print()
    for language in LANGUAGES:
        result = figures([record for record in messages if record["language"] == language])
        print(f"{language}: verdicts {_rate(result.right, result.total)}, passes refused {_rate(result.refused, result.passes)}, "
              f"easy fails caught {_rate(result.caught['easy'], result.fails['easy'])}")  # fmt: skip
    print()


def main() -> None:
    """Print every figure: the given set, then the project's own ones."""
    report("given set", dev("messages"), dev("sequences"))
    for name in SETS:
        report(f"own set {name}", own(name, "messages"), own(name, "sequences"))
    right, total = hijacked()
    print(f"hijacked answers as labelled: {right}/{total}")


if __name__ == "__main__":
    main()
