"""A draft and its ground truth in; the draft with what each sentence really rests on, and a verdict that knows it, out."""

from collections.abc import Iterator

from outreach.domain.drafts import Draft, Message, SentenceBasis
from outreach.domain.judgement import Finding, SequenceContext, SequenceVerdict, StepVerdict
from outreach.domain.plans import Plan
from outreach.domain.record import text_in
from outreach.drafting.context import judging_context, role_knowledge
from outreach.grounding.support import Support, classify_sentence
from outreach.text.languages import pack
from outreach.text.tokens import read_words

#: A sentence half of whose content words the ground truth holds is a retelling of it.
_RETOLD_SHARE = 0.5
#: Sentences of so few words that they can claim nothing: a name, a greeting, a word of thanks.
_FEW_WORDS = 3
_CHECK = "B1"
#: Statements named for a sentence whose writer named none of those that hold it.
_NEAREST = 2
#: The reader's own record (name, title, company), and what is offered as a whole.
READER = "fact:prospect"
OFFER = "claim:product"


def verified(draft: Draft, plan: Plan) -> Draft:
    """Return the draft with the basis that its sentences have, whatever the writer declared.

    A sentence that rests on nothing gets an empty basis. Without a pack for the language there is nothing to verify
    with: the declared basis stays.
    """
    if pack(draft.language) is None:
        return draft
    context = judging_context(plan)
    refs = _refs(plan)
    messages = []
    for message in draft.messages:
        ask = next(
            (f"ask:{step.ask_id}" for step in plan.steps if step.step == message.step and step.ask_id), ""
        )
        known = refs | {"offer": ask or OFFER}
        basis = tuple(_basis(message, context, known, draft.language))
        messages.append(message.model_copy(update={"basis": basis}))
    return draft.model_copy(update={"messages": tuple(messages)})


def _basis(
    message: Message, context: SequenceContext, refs: dict[str, str], language: str
) -> Iterator[SentenceBasis]:
    declared = [(one.sentence, one.rests_on) for one in message.basis]
    words = read_words(message.body, language)
    for sentence in words.sentences:
        text = words.text[sentence.start : sentence.end].strip()
        if text:
            support = classify_sentence(text, context, language)
            said = {one for whole, ids in declared if text in whole or whole in text for one in ids}
            size = sentence.last - sentence.first
            yield SentenceBasis(sentence=text, rests_on=_rests_on(support, refs, said, size))


def _rests_on(support: Support, refs: dict[str, str], declared: set[str], size: int) -> tuple[str, ...]:
    found = list(dict.fromkeys(refs[ref] for ref in support.refs if ref in refs))
    if OFFER in found and any(one.startswith("ask:") for one in declared):
        found += sorted(one for one in declared if one.startswith("ask:"))
    # Of the statements that share words with the sentence, those that the writer had in mind; else the nearest.
    ids = tuple(one for one in found if one in declared) or tuple(found[:_NEAREST])
    if support.kind in {"hedge", "question", "courtesy"}:
        return (*ids, support.kind)
    if support.kind == "nothing":
        if size <= _FEW_WORDS:
            return ("courtesy",)
        return ("hedge",) if support.share >= _RETOLD_SHARE else ()
    return ids or (READER,)


def _refs(plan: Plan) -> dict[str, str]:
    """Return our ids by the references of the judging context, which leaves out texts that the language lacks."""
    language = plan.language
    pains = [pain_id for pain_id, _ in role_knowledge(plan)]
    claims = [claim.id for claim in plan.offer.claims if text_in(claim.text, language)]
    return (
        {f"fact:{n}": f"fact:{fact.id}" for n, fact in enumerate(plan.facts)}
        | {f"pain:{n}": f"pain:{pain}" for n, pain in enumerate(pains)}
        | {f"claim:{n}": f"claim:{claim}" for n, claim in enumerate(claims)}
        | dict.fromkeys(("company", "role", "industry"), READER)
    )


def with_basis(verdict: SequenceVerdict, draft: Draft) -> SequenceVerdict:
    """Return the verdict with an error for each sentence of the draft that rests on nothing; the score is capped by it."""
    bare = {
        message.step: [one.sentence for one in message.basis if not one.rests_on]
        for message in draft.messages
    }
    return with_errors(verdict, {step: [_resting_on_nothing(one) for one in bare[step]] for step in bare})


def with_errors(verdict: SequenceVerdict, found: dict[int, list[Finding]]) -> SequenceVerdict:
    """Return the verdict with further errors by step; the score is capped by them."""
    if not any(found.values()):
        return verdict
    steps = tuple(_failed(step, found.get(step.step, [])) for step in verdict.steps)
    return verdict.model_copy(
        update={"verdict": "fail", "score": min(verdict.score, _FAIL_CAP), "steps": steps}
    )


#: The score of a draft with an error, at most; the same as the rubric's.
_FAIL_CAP = 59


def _failed(step: StepVerdict, findings: list[Finding]) -> StepVerdict:
    if not findings:
        return step
    score = min(step.score, _FAIL_CAP)
    return step.model_copy(
        update={"verdict": "fail", "score": score, "findings": (*findings, *step.findings)}
    )


def _resting_on_nothing(sentence: str) -> Finding:
    return Finding(
        check=_CHECK, severity="error", dimension="grounding", quote=sentence,
        message="this sentence rests on no fact, claim or known problem",
        hint="tie it to one of them, mark it as a guess, or leave it out",
    )  # fmt: skip
