"""Offline drafts pass the rubric as they are: by role, language, form of address, sequence, with a fact and without."""

import itertools

import pytest

from outreach.drafting.context import judging_record
from outreach.drafting.offline import load_templates, write_offline
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import builtin_rubric
from outreach.workspace.library import Library
from tests.plans import ASKS, EMAIL_FIRST, HIRING, INMAIL, LINKEDIN_FIRST, make_plan

ADDRESSES = {
    "en": ("plain",),
    "es": ("tu", "usted", "vos"),
    "pt": ("voce", "senhor"),
    "de": ("du", "sie"),
    "fr": ("tu", "vous"),
}
TEXTS = {
    "en": "Cargolia has six SDR openings in Bogotá",
    "es": "Cargolia tiene seis vacantes de SDR en Bogotá",
    "pt": "Cargolia tem seis vagas de SDR em Bogotá",
    "de": "Cargolia hat in Bogotá sechs Stellen als SDR ausgeschrieben",
    "fr": "Cargolia a six postes de SDR ouverts à Bogotá",
}
#: The score that the project asks of every offline draft.
LEAST_SCORE = 85


@pytest.mark.parametrize("language", list(ADDRESSES))
@pytest.mark.parametrize("role", list(ASKS))
def test_every_draft_passes_without_repair(role, language):
    templates = load_templates(language, lambda name: Library().find("messages", name))
    rubric = builtin_rubric()
    fact = HIRING.model_copy(update={"text": TEXTS[language], "language": language})
    refused = []
    for address, steps, facts in itertools.product(
        ADDRESSES[language], (LINKEDIN_FIRST, EMAIL_FIRST, INMAIL), ((), (fact,))
    ):
        plan = make_plan(role, language, address=address, steps=steps, facts=facts)
        draft = write_offline(plan, templates)
        verdict = judge_sequence(judging_record(plan, draft), rubric)
        if verdict.verdict == "fail" or verdict.score < LEAST_SCORE:
            findings = [*verdict.findings, *(finding for step in verdict.steps for finding in step.findings)]
            refused.append(
                (
                    address,
                    len(steps),
                    bool(facts),
                    verdict.score,
                    [(f.check, f.quote, f.message) for f in findings if f.severity != "info"],
                )
            )
    assert refused == []
