"""What the rubric reads and what it says: messages with their context, findings, verdicts and scores."""

from typing import Any, Literal

from pydantic import Field

from outreach.domain.branches import After
from outreach.domain.record import Record
from outreach.domain.vocabulary import AskKind, BuyingRole, Channel, Dimension, Severity


class ContextProspect(Record):
    """The prospect as far as a judge of the message needs to know. `profile_text` is untrusted and no fact."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    role: str = ""
    industry: str = ""
    profile_text: str = ""
    honorific: str = ""


class ContextSender(Record):
    """The sender and the locked claims."""

    name: str = ""
    company: str = ""
    offer: str = ""
    proof_points: tuple[str, ...] = ()
    signature: str = Field(
        "", description="what stands under the sender's letters: no part of what a message says"
    )
    product: str = Field(
        "", description="what the sender's company does, where it is known apart from the offer"
    )


class ContextPreferences(Record):
    """How and in which language the reader wants to be written to."""

    formality: Literal["casual", "neutral", "formal"] = "casual"
    style: str = "brief"
    language: str = "en"


class ContextPolicy(Record):
    """Limits of the sender's account and of the law, and what the reader's buying role bears. Absent: not judged."""

    connection_note_limit: int = Field(200, gt=0)
    require_opt_out: bool = False
    max_words: dict[Channel, int] = Field(default={}, description="words that suit the reader's buying role")
    forbidden: tuple[str, ...] = Field(
        default=(), description="moves out of place for the buying role: price, meeting, figures …"
    )
    never_say: tuple[str, ...] = Field(default=(), description="phrases that the offer forbids")
    buying_role: BuyingRole | None = Field(None, description="the reader's part in a purchase")
    asks: tuple[AskKind, ...] = Field(
        (), description="kinds of ask that the role's policy allows in some step"
    )
    pass_on: tuple[str, ...] = Field((), description="what the offer holds that may be passed on to others")


class ContextVoice(Record):
    """How the sender writes in this language, as far as it is checked. What no sample proves is None."""

    sentence_words: float | None = Field(None, description="median words of a sentence")
    sentence_words_most: float | None = Field(
        None, description="nine sentences in ten have at most so many words"
    )
    greeting: str | None = Field(None, description="`Hi {name},`; empty: messages begin without a greeting")
    contractions: bool | None = Field(None, description="English: whether the sender contracts")
    dont: tuple[str, ...] = Field((), description="phrases that the sender never writes")
    sample_rows: str = Field(
        "",
        description="marks of the samples' rows of eight words, to find copies by; the text cannot be read from them",
    )


class SequenceContext(Record):
    """All the ground truth that a message may rest on, and how it should be written."""

    prospect: ContextProspect = ContextProspect()
    pain_points: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sender: ContextSender = ContextSender()
    preferences: ContextPreferences = ContextPreferences()
    policy: ContextPolicy = ContextPolicy()
    voice: ContextVoice | None = Field(
        None, description="the sender's own style; no ground truth, and absent where there is none"
    )


class Context(SequenceContext):
    """The context of one message: the ground truth, and the messages before it."""

    previous_messages: tuple[str, ...] = ()
    existing_thread: bool = False


class MessageRecord(Record):
    """One message to judge. Label fields of a labelled set are accepted and ignored."""

    id: str
    account: str = Field("", description="key of the reader's company: people of one account are compared")
    channel: Channel
    step: int = 1
    language: str = "en"
    context: Context = Context()
    subject: str | None = None
    body: str
    labels: Any = None
    measured: Any = None
    tags: Any = None
    near_miss: Any = None
    difficulty: Any = None


class StepRecord(Record):
    """One step of a sequence to judge."""

    step: int
    channel: Channel
    day: int = 0
    after: After = Field(
        default="start",
        description="`accepted` and `not_accepted` steps never reach one reader: each branch is judged as a sequence",
    )
    subject: str | None = None
    existing_thread: bool = False
    body: str


class SequenceRecord(Record):
    """A whole sequence to judge."""

    id: str
    account: str = Field("", description="key of the reader's company: people of one account are compared")
    language: str = "en"
    context: SequenceContext = SequenceContext()
    steps: tuple[StepRecord, ...]
    labels: Any = None
    measured: Any = None
    tags: Any = None
    near_miss: Any = None
    difficulty: Any = None


class Finding(Record):
    """One thing the rubric noticed, where it stands, and what to do about it."""

    check: str
    defect: str | None = Field(
        None, description="id of the defect list; None: a check without a label, shown and scored only"
    )
    severity: Severity
    dimension: Dimension
    quote: str = ""
    start: int = Field(
        -1, description="position of the quote in the body in code points; -1: not at one place"
    )
    end: int = -1
    message: str
    hint: str = ""


class Subtraction(Record):
    """One line of the score's account."""

    check: str
    dimension: str
    points: float
    why: str = ""


class Verdict(Record):
    """The judgement of one message. A score is no prediction of replies."""

    id: str
    verdict: Literal["pass", "fail"]
    score: int = Field(ge=0, le=100)
    defects: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    subtractions: tuple[Subtraction, ...] = ()
    not_run: tuple[str, ...] = Field((), description="checks that have no lists for this language")


class StepVerdict(Record):
    """The judgement of one step inside a sequence's."""

    step: int
    verdict: Literal["pass", "fail"]
    score: int
    defects: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class SequenceVerdict(Verdict):
    """The judgement of a sequence: its own findings and those of its steps."""

    steps: tuple[StepVerdict, ...] = ()
