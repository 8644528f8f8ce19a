"""Findings and a rubric in; a score from 0 to 100 out, with every subtraction listed. It measures faults, and predicts no replies."""

import math
from collections.abc import Sequence

from outreach.domain.judgement import Finding, Subtraction
from outreach.rubric.rubrics import Rubric

#: The note under every score.
NOTE = "The score counts faults; it is no prediction of replies."


def score(findings: Sequence[Finding], rubric: Rubric) -> tuple[int, tuple[Subtraction, ...]]:
    """Return the score of a message and the subtractions, which add up to 100 less the score."""
    lines, total = _take(findings, rubric, 1.0)
    return _close(lines, total, rubric, any(finding.severity == "error" for finding in findings))


def sequence_score(
    step_scores: Sequence[float], findings: Sequence[Finding], rubric: Rubric, *, failed: bool
) -> tuple[int, tuple[Subtraction, ...]]:
    """Return the score of a sequence: what its steps miss counts 0.7, the rest is the sequence's own dimension."""
    own = rubric.weights.get("sequence", 30.0)
    mean = sum(step_scores) / len(step_scores) if step_scores else 0.0
    missed = round((100 - mean) * (100 - own) / 100, 2)
    lines, total = _take(findings, rubric, 1.0)
    if missed:
        lines.insert(
            0,
            Subtraction(
                check="steps", dimension="steps", points=missed, why="what the steps miss on average"
            ),
        )
        total += missed
    return _close(lines, total, rubric, failed)


def _take(findings: Sequence[Finding], rubric: Rubric, factor: float) -> tuple[list[Subtraction], float]:
    left = {name: weight * factor for name, weight in rubric.weights.items()}
    lines: list[Subtraction] = []
    total = 0.0
    for finding in findings:
        weight = rubric.weights.get(finding.dimension, 0.0) * factor
        points = round(
            min(left.get(finding.dimension, 0.0), weight * rubric.shares.get(finding.severity, 0.0)), 2
        )
        if points <= 0:
            continue
        left[finding.dimension] -= points
        total += points
        lines.append(
            Subtraction(check=finding.check, dimension=finding.dimension, points=points, why=finding.message)
        )
    return lines, total


def _close(
    lines: list[Subtraction], total: float, rubric: Rubric, failed: bool
) -> tuple[int, tuple[Subtraction, ...]]:
    exact = round(100 - total, 2)
    final = max(0, math.floor(exact))
    if failed and final > rubric.cap:
        lines.append(
            Subtraction(
                check="cap",
                dimension="cap",
                points=round(exact - rubric.cap, 2),
                why=f"no score above {rubric.cap} with an error",
            )
        )
        final = rubric.cap
    elif round(exact - final, 2) > 0:
        lines.append(
            Subtraction(
                check="rounding", dimension="rounding", points=round(exact - final, 2), why="rounded down"
            )
        )
    return final, tuple(lines)
