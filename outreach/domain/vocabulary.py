"""The closed word lists of the field, as types: roles, channels, verdicts, decisions. Nothing comes in or goes out."""

from typing import Literal, get_args

BuyingRole = Literal[
    "gatekeeper", "user", "influencer", "champion", "technical_evaluator", "decision_maker", "economic_buyer"
]
BUYING_ROLES: tuple[str, ...] = get_args(BuyingRole)

Channel = Literal["connection_request", "linkedin_message", "inmail", "email"]
CHANNELS: tuple[str, ...] = get_args(Channel)
#: Channels whose messages carry a subject line.
SUBJECT_CHANNELS = frozenset({"inmail", "email"})

#: The five languages with a language pack, offline templates and rubric lists.
Language = Literal["en", "es", "pt", "de", "fr"]
LANGUAGES: tuple[str, ...] = get_args(Language)

#: How the reader is addressed. `plain` is English, which has one form.
Address = Literal["plain", "tu", "usted", "vos", "voce", "senhor", "du", "sie", "vous"]

Formality = Literal["casual", "neutral", "formal"]
Style = Literal["brief", "detailed", "data-driven", "technical", "story", "relationship"]

Fit = Literal["fit", "unfit", "unknown"]
Decision = Literal["write", "write_generic", "ask_for_data", "route", "skip"]
Disposition = Literal["ready", "review", "suppressed", "duplicate", "unreadable"]

Seniority = Literal[
    "owner",
    "c_level",
    "vp",
    "head",
    "director",
    "manager",
    "lead",
    "senior",
    "individual",
    "assistant",
    "intern",
]
#: Functions a title may belong to. A person may work in two (`Sales & Marketing`); the first is the main one.
Function = Literal[
    "general_management",
    "sales",
    "marketing",
    "customer_success",
    "product",
    "engineering",
    "data",
    "it",
    "security",
    "finance",
    "operations",
    "procurement",
    "hr",
    "legal",
    "executive_assistance",
    "consulting",
    "design",
    "other",
]

#: What a sequence step is for. A role policy says per goal which kinds of ask are allowed.
Goal = Literal["connect", "open", "prove", "offer", "widen", "close"]
#: What a step asks of the reader, lightest first.
AskKind = Literal["none", "question", "asset", "route", "forward", "trial", "meeting"]
Weight = Literal["light", "medium", "heavy"]

Severity = Literal["error", "warn", "info"]
Dimension = Literal["grounding", "structure", "tone", "length", "safety", "clarity", "compliance", "sequence"]

#: Classes of support that are no fact, claim or role knowledge of ours.
SOFT_BASES = frozenset({"hedge", "question", "courtesy"})
