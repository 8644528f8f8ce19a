"""The offline writer over real lists: every draft passes, nothing is repeated, colleagues and a batch get different texts."""

import itertools

import pytest

from benchmarks.writing import (
    ALIKE,
    EXAMPLES,
    LEAST_SCORE,
    Figures,
    add,
    add_batch,
    campaigns,
    faults,
    product_first,
    ready,
    write,
)
from outreach.domain.vocabulary import BUYING_ROLES, LANGUAGES
from outreach.text.forms import address_evidence
from outreach.text.quotes import quoted_spans
from outreach.text.tokens import read_words

#: Each list in one role and language, so that each role and each language is met with each offer; `make writing` runs all.
SAMPLE = [
    (name, BUYING_ROLES[at % len(BUYING_ROLES)], LANGUAGES[at % len(LANGUAGES)])
    for at, (name, _, _) in enumerate(itertools.chain.from_iterable([list(campaigns())] * 2))
]


def written(name, role, language):
    _, campaign, path = next(found for found in campaigns() if found[0] == name)
    return campaign, write(campaign, ready(campaign, path), role, language)


@pytest.mark.parametrize(("name", "role", "language"), dict.fromkeys(SAMPLE))
def test_every_draft_of_a_list_passes_and_repeats_nothing(name, role, language):
    _campaign, sequences = written(name, role, language)
    assert sequences
    figures = Figures()
    add(figures, name, sequences)
    assert figures.faults == []
    assert figures.passed == figures.drafts
    assert figures.least_score >= LEAST_SCORE
    assert figures.likeness < ALIKE
    for one in sequences:
        familiar, formal = 0, 0
        for message in one.draft.messages:
            words = read_words(message.body, language)
            content = [(at, s, range(s.first, s.last)) for at, s in enumerate(words.sentences)]
            found = address_evidence(words, quoted_spans(message.body), content)
            familiar, formal = familiar + bool(found[0]), formal + bool(found[1])
        if one.plan.address in {"usted", "sie", "vous", "senhor"}:
            assert familiar == 0, one.name
        elif one.plan.address in {"du", "tu", "vos"}:
            assert formal == 0, one.name


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_batch_in_one_role_and_language_is_not_one_text(example):
    figures, batch, campaign = Figures(), [], None
    for name, _, _ in campaigns():
        if name.startswith(example):
            campaign, sequences = written(name, "champion", "fr")
            batch += sequences
    add_batch(figures, example, campaign, batch)
    assert figures.faults == []
    assert 0 < figures.skeleton < campaign.rubric.limits.same_share


def test_the_faults_are_found_where_there_are_any():
    _, sequences = written("saas-en/prospects", "decision_maker", "en")
    one = sequences[0]
    first = next(m for m in one.draft.messages if m.channel != "connection_request")
    ours = first.model_copy(update={"body": f"Quillgauge scores messages. {first.body}"})
    messages = tuple(ours if m is first else m for m in one.draft.messages)
    spoilt = type(one)(one.plan, one.draft.model_copy(update={"messages": messages}), one.record, one.verdict)
    assert product_first(spoilt)
    assert not product_first(one)
    twice = one.plan.model_copy(update={"steps": (*one.plan.steps[:2], one.plan.steps[1])})
    told = list(faults(type(one)(twice, one.draft, one.record, one.verdict)))
    assert "an angle comes twice" in told
    assert any(fault.startswith("one kind of ask twice in a row") for fault in told)
