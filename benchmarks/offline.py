"""Sequences per second of the offline writer, alone and with the rubric: `python -m benchmarks.offline [SECONDS]`."""

import itertools
import sys
import time

from outreach.drafting.context import judging_record
from outreach.drafting.offline import load_templates, write_offline
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import builtin_rubric
from outreach.workspace.library import Library
from tests.plans import ASKS, EMAIL_FIRST, LINKEDIN_FIRST, make_plan

LANGUAGES = ("en", "es", "pt", "de", "fr")
#: Sequences a second, on one core, that the project asks for.
WANTED = 100


def measure(seconds: float) -> tuple[float, float]:
    """Return sequences per second without and with judging, each measured for about `seconds`."""
    templates = {
        language: load_templates(language, lambda name: Library().find("messages", name))
        for language in LANGUAGES
    }
    plans = [
        make_plan(role, language, steps=steps)
        for role, language, steps in itertools.product(ASKS, LANGUAGES, (LINKEDIN_FIRST, EMAIL_FIRST))
    ]
    rubric = builtin_rubric()

    def write(plan):
        return write_offline(plan, templates[plan.language])

    def write_and_judge(plan):
        return judge_sequence(judging_record(plan, write(plan)), rubric)

    return _rate(write, plans, seconds), _rate(write_and_judge, plans, seconds)


def _rate(work, plans, seconds: float) -> float:
    for plan in plans:  # files are read, patterns compiled
        work(plan)
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        work(plans[done % len(plans)])
        done += 1
    return done / (time.perf_counter() - start)


def main() -> int:
    alone, judged = measure(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
    print(f"offline writer alone    {alone:8.0f} sequences/s")
    print(f"written and judged      {judged:8.0f} sequences/s   (wanted: {WANTED})")
    return 0 if judged >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main())
