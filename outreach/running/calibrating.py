"""A labelled file and a judge in; its calibration, put on record, out. Two files of texts in; which the judge prefers, out."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.domain.calibrations import Calibration, CalibrationReport, PairsReport
from outreach.domain.judgement import MessageRecord, SequenceRecord, Verdict
from outreach.domain.lines import GenerateLine
from outreach.errors import FileError, OutreachError
from outreach.judging.agreement import clopper_pearson, sign_test
from outreach.judging.calibration import allowed_to_fail, calibrate, labels_of
from outreach.judging.calibration_file import record_calibration
from outreach.judging.pairs import Outcome, Pair, PairJudge, compare, pair_of
from outreach.running.judges import Judging
from outreach.running.sequences import as_sequence
from outreach.running.validating import read_line

if TYPE_CHECKING:
    from outreach.llm.client import Client


@dataclass
class LabelledFile:
    """The messages of a labelled file, and what is wrong with the lines that hold none."""

    records: list[MessageRecord] = field(default_factory=list)
    faults: list[OutreachError] = field(default_factory=list)


def read_labelled(path: Path, limit: int | None = None) -> LabelledFile:
    """Read a labelled file. Raises FileError where it cannot be read, or holds no labelled message at all."""
    found = LabelledFile()
    for number, record in islice(_records(path), limit):
        try:
            found.records.append(_labelled(record))
        except FileError as error:
            found.faults.append(FileError(error.what, where=path, line=number, hint=error.hint))
    if not found.records:
        first = found.faults[0] if found.faults else FileError("there is no line in it", where=path)
        raise FileError(
            f"no labelled message: {first.what}",
            where=path,
            line=first.line,
            hint=first.hint or "see docs/judge.md",
        )
    return found


def run_calibration(
    judging: Judging, root: Path, path: Path, labelled: LabelledFile, now: str
) -> CalibrationReport:
    """Ask about every message, put the figures on record and return them.

    Raises:
        ProviderError: the provider refuses, or the budget is spent; nothing is put on record, and the answers so far are
            in the cache.
    """
    judge, client = judging.judge, judging.client

    async def asked() -> Calibration:
        try:
            figures = await calibrate(judge, labelled.records, client.concurrency)
        finally:
            await client.aclose()
        return Calibration(
            model=judge.model, base_url=judge.base_url, prompt_hash=judge.prompts.hash, at=now, source=path.name,
            records=len(labelled.records), criteria=figures,
        )  # fmt: skip

    calibration = asyncio.run(asked())
    record_calibration(root, calibration)
    return CalibrationReport(
        **dict(calibration),
        may_fail=allowed_to_fail(judge.criteria, calibration.criteria),
        recorded=True,
        unreadable=len(labelled.faults),
        llm_calls=client.calls,
        cached=client.cached,
        cost_usd=client.cost_usd,
    )


@dataclass
class PairedFiles:
    """The pairs of two files, and how many ids and lines have no part in one."""

    pairs: list[Pair]
    only_a: int
    only_b: int
    not_comparable: int
    faults: list[OutreachError]


def read_pairs(a: Path, b: Path, limit: int | None = None) -> PairedFiles:
    """Join two files by id. Raises FileError where one cannot be read, or they have no pair at all."""
    faults: list[OutreachError] = []
    first, second = (_by_id(path, faults) for path in (a, b))
    shared = list(islice((name for name in first if name in second), limit))
    found = [pair_of(first[name], second[name]) for name in shared]
    pairs = [pair for pair in found if pair is not None]
    if not pairs:
        raise FileError(
            f"no pair of texts for the same person under the same id in {a.name} and {b.name}",
            hint="both files need the same ids; see docs/judge.md",
        )
    return PairedFiles(
        pairs, len(first.keys() - second.keys()), len(second.keys() - first.keys()), len(found) - len(pairs), faults
    )  # fmt: skip


def run_comparison(
    judge: PairJudge, client: "Client", model: str, files: PairedFiles, names: tuple[str, str]
) -> PairsReport:
    """Ask about every pair in both orders and count. Raises ProviderError where the provider or the budget ends the run."""

    async def asked() -> Counter[Outcome]:
        try:
            return await compare(judge, files.pairs, client.concurrency)
        finally:
            await client.aclose()

    outcomes = asyncio.run(asked())
    a_wins, b_wins = outcomes["a"], outcomes["b"]
    decided = a_wins + b_wins
    low, high = clopper_pearson(a_wins, decided) or (None, None)
    ties = sum(outcomes[name] for name in ("neither", "same_text", "first", "second"))
    return PairsReport(
        model=model, a=names[0], b=names[1], pairs=len(files.pairs), a_wins=a_wins, b_wins=b_wins, ties=ties,
        same_text=outcomes["same_text"], first_both_times=outcomes["first"], second_both_times=outcomes["second"],
        void=outcomes["void"], failed=outcomes["failed"], only_a=files.only_a, only_b=files.only_b,
        not_comparable=files.not_comparable, unreadable=len(files.faults),
        a_share=round(a_wins / decided, 6) if decided else None, a_share_low=low, a_share_high=high,
        p_value=sign_test(a_wins, b_wins), llm_calls=client.calls, cached=client.cached, cost_usd=client.cost_usd,
    )  # fmt: skip


def _labelled(record: MessageRecord | SequenceRecord | GenerateLine | Verdict) -> MessageRecord:
    if isinstance(record, Verdict):
        raise FileError(record.findings[0].message, hint=record.findings[0].hint)
    if not isinstance(record, MessageRecord):
        raise FileError("a sequence", hint="a judge is calibrated on single messages; see docs/judge.md")
    labels_of(record)
    return record


def _by_id(path: Path, faults: list[OutreachError]) -> dict[str, MessageRecord | SequenceRecord]:
    found: dict[str, MessageRecord | SequenceRecord] = {}
    for number, record in _records(path):
        if isinstance(record, Verdict):
            first = record.findings[0]
            faults.append(FileError(first.message, where=path, line=number, hint=first.hint))
            continue
        whole = as_sequence(record) if isinstance(record, GenerateLine) else record
        if whole.id in found:
            faults.append(
                FileError(
                    f"the id {whole.id!r} comes twice", where=path, line=number, hint="the first counts"
                )
            )
            continue
        found[whole.id] = whole
    return found


def _records(path: Path) -> Iterator[tuple[int, MessageRecord | SequenceRecord | GenerateLine | Verdict]]:
    try:
        with path.open("rb") as lines:
            for number, raw in enumerate(lines, 1):
                if raw.strip():
                    yield number, read_line(raw, number)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", where=path, hint="check the path") from None
