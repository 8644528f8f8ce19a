"""How far an LLM judge agrees with labels, and which of two files of texts it prefers: the figures of both."""

from pydantic import Field

from outreach.domain.record import Record


class Agreement(Record):
    """How a judge's answers to one criterion compare with the labels. Counts are of messages."""

    n: int = Field(description="messages with a label and an answer that counts")
    both_yes: int = 0
    only_judge: int = Field(0, description="the judge says yes, the label says no")
    only_label: int = Field(0, description="the label says yes, the judge says no")
    both_no: int = 0
    agreement: float | None = Field(None, description="share of equal answers, 0-1; null without any")
    kappa: float | None = Field(
        None, description="Cohen's; null where it is undefined: labels and answers are all of one kind"
    )
    kappa_low: float | None = Field(
        None, description="95 % interval: Wilson's of the agreement, chance held fixed"
    )
    kappa_high: float | None = None
    void: int = Field(0, description="answers that do not count")
    failed: int = Field(0, description="calls without an answer")
    not_asked: int = Field(0, description="messages without what the criterion needs")
    set_aside: int = Field(0, description="labels that allow both answers")


class Calibration(Record):
    """One calibration on record: it holds for exactly this model and prompt."""

    model: str = Field(description="provider:model")
    base_url: str
    prompt_hash: str = Field(description="of criteria, prompt file and answer schema")
    at: str = Field(description="UTC, ISO 8601")
    source: str = Field(description="name of the labelled file")
    records: int
    criteria: dict[str, Agreement]


class CalibrationReport(Calibration):
    """The object of `judge calibrate --json`."""

    may_fail: tuple[str, ...] = Field(description="criteria whose findings are errors from now on")
    recorded: bool
    unreadable: int = Field(description="lines that hold no labelled message")
    llm_calls: int
    cached: int
    cost_usd: float | None


class PairsReport(Record):
    """The object of `judge compare --json`. pairs = a_wins + b_wins + ties + void + failed."""

    model: str
    a: str = Field(description="name of the first file")
    b: str
    pairs: int = Field(description="ids that both files have, for the same person")
    a_wins: int = Field(description="preferred in both orders")
    b_wins: int
    ties: int
    same_text: int = Field(description="ties without a call: the texts are equal")
    first_both_times: int = Field(description="ties where whichever text stood first was preferred")
    second_both_times: int
    void: int = Field(description="an answer could not be read")
    failed: int = Field(description="a call failed")
    only_a: int
    only_b: int
    not_comparable: int = Field(description="ids whose two texts are for different people, or too long")
    unreadable: int
    a_share: float | None = Field(description="a_wins of the pairs that were decided, 0-1")
    a_share_low: float | None = Field(description="exact 95 % interval (Clopper and Pearson)")
    a_share_high: float | None
    p_value: float | None = Field(description="exact two-sided sign test over the pairs that were decided")
    llm_calls: int
    cached: int
    cost_usd: float | None
