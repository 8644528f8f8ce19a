"""A draft's record and its verdict in; the verdict with an error for each honorific that no column gives out."""

from outreach.domain.judgement import Context, Finding, SequenceRecord, SequenceVerdict
from outreach.drafting.basis import with_errors
from outreach.rubric.checks_names import gender_of
from outreach.rubric.parts import read_parts
from outreach.text.tokens import read_words


def with_honorifics(verdict: SequenceVerdict, record: SequenceRecord) -> SequenceVerdict:
    """Return the verdict with an error for each `Mr` or `Frau` in a greeting where the list gives no honorific.

    Drafts alone are judged so: a first name tells no gender, and we know what the list says. `validate` does not know
    what the writer of a message knew.
    """
    if record.context.prospect.honorific:
        return verdict
    context = Context(**dict(record.context))
    found: dict[int, list[Finding]] = {}
    for step in record.steps:
        words = read_words(step.body, record.language)
        greeting = read_parts(words, context).greeting
        for at in greeting.honorifics if greeting else ():
            if gender_of(words.folded[at]):
                found.setdefault(step.step, []).append(_finding(words.raw[at]))
    return with_errors(verdict, found)


def _finding(word: str) -> Finding:
    return Finding(
        check="B4", severity="error", dimension="grounding", quote=word,
        message="no column gives this honorific, and a first name tells no gender", hint="greet by the name alone",
    )  # fmt: skip
