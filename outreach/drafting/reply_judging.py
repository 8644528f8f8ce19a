"""An answer to a reply and what it goes back to in; the verdict out: by the rubric as it applies to answers, and by what was said.

What a prospect said is ground of a special kind. It may be taken up as theirs ("you mentioned March"), and nothing of it
becomes a statement of ours: a figure or promise that only the reply holds never stands in a sentence about the sender.
"""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz

from outreach.domain.ids import content_hash
from outreach.domain.judgement import Finding, SequenceContext, SequenceRecord, SequenceVerdict, StepVerdict
from outreach.drafting.context import judging_context
from outreach.drafting.reply_plan import SAID, ReplyPlan
from outreach.grounding.support import classify_sentence
from outreach.rubric.rubrics import CheckSetting, Rubric
from outreach.text.languages import pack
from outreach.text.tokens import fold, read_words

_CHECK = "REPLY"
#: Token sort ratio from which an answer is a message that was sent already.
_SAME = 80
_FAIL_CAP = 59


def for_answers(rubric: Rubric) -> Rubric:
    """Return a rubric without the checks that are for unasked messages alone; protected checks stay on whatever it says."""
    off = {check: CheckSetting(on=False) for check in table()["not_for_answers"]}
    return rubric.model_copy(update={"checks": {**rubric.checks, **off}})


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Return the table of what is special about answers."""
    return tomllib.loads(files("outreach.drafting").joinpath("data/replies.toml").read_text("utf-8"))


class ReplyExaminer:
    """Judges an answer beside the rubric: what rests on the reply alone must be said as what the prospect said."""

    def __init__(self, reply: ReplyPlan) -> None:
        """Take the plan of the answer."""
        self._reply = reply
        facts = tuple(fact for fact in reply.plan.facts if fact.kind != SAID)
        self._ground: SequenceContext = judging_context(reply.plan.model_copy(update={"facts": facts}))

    @property
    def key(self) -> str:
        """The hash of what makes its findings."""
        return content_hash([_CHECK, self._reply.reading, self._reply.sent])

    async def sequence(self, record: SequenceRecord, verdict: SequenceVerdict) -> SequenceVerdict:
        """Return the verdict with what it finds; each finding is an error."""
        found = {step.step: tuple(self._findings(step.body)) for step in record.steps}
        if not any(found.values()):
            return verdict
        steps = tuple(_with(step, found.get(step.step, ())) for step in verdict.steps)
        return verdict.model_copy(
            update={"verdict": "fail", "score": min(verdict.score, _FAIL_CAP), "steps": steps}
        )

    def _findings(self, body: str) -> Iterator[Finding]:
        language = self._reply.plan.language
        words = read_words(body, language)
        for number in range(len(words.sentences)):
            text = words.sentence_text(number)
            missing = _missing(text, self._ground, language)
            if missing and (speaks_of_us(text, self._reply) or not _speaks_to_reader(text, language)):
                yield Finding(
                    check=_CHECK, severity="error", dimension="grounding", quote=text,
                    message=f"only the reply says {', '.join(missing)}: it is no fact and no claim of ours",
                    hint="say it as what they said (you mentioned …), or leave it out",
                )  # fmt: skip
        for sent in self._reply.sent:
            if fuzz.token_sort_ratio(body, sent) >= _SAME:
                yield Finding(
                    check=_CHECK, severity="error", dimension="sequence", quote="",
                    message="this was sent already", hint="answer what they wrote",
                )  # fmt: skip
                return


def _missing(text: str, ground: SequenceContext, language: str) -> tuple[str, ...]:
    """Return figures and names of a sentence that nothing but the reply holds."""
    support = classify_sentence(text, ground, language)
    return (*support.missing_numbers, *support.missing_names)


def speaks_of_us(text: str, reply: ReplyPlan) -> bool:
    """Say whether a sentence is about the sender, the firm or what it offers."""
    plan = reply.plan
    lists = pack(plan.language)
    first = lists.words.get("first", frozenset()) if lists else frozenset()
    names = {fold(word) for word in plan.offer.sender.company.split()}
    words = set(read_words(text, plan.language).folded)
    return bool(words & names) or bool(words & (first - _personal(plan.language)))


@lru_cache(maxsize=8)
def _personal(language: str) -> frozenset[str]:
    """Return the words of one person: `I will write in March` promises a letter, `we cut costs by 40 %` claims something."""
    return frozenset(fold(word) for word in table()["person"].get(language, "").split())


def _speaks_to_reader(text: str, language: str) -> bool:
    """Say whether a sentence asks the reader, speaks to them, or speaks of what the writer will do next."""
    if "?" in text:
        return True
    lists = pack(language)
    words = set(read_words(text, language).folded)
    second = lists.words.get("second", frozenset()) if lists else frozenset()
    return bool(words & second) or bool(words & _personal(language)) or bool(words & _verbs(language))


@lru_cache(maxsize=8)
def _verbs(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in table()["said"].get(language, "").split())


def _with(step: StepVerdict, findings: tuple[Finding, ...]) -> StepVerdict:
    if not findings:
        return step
    return step.model_copy(
        update={"verdict": "fail", "score": min(step.score, _FAIL_CAP), "findings": (*findings, *step.findings)}
    )  # fmt: skip
