"""Drafts in the sender's own voice: style alone goes into prompts and drafts, facts of the samples into neither."""

import asyncio
import copy
import itertools
import re
from pathlib import Path

import pytest

from outreach.drafting.context import judging_context, judging_record
from outreach.drafting.footer import sign_off
from outreach.drafting.llm_writer import write_with_llm
from outreach.drafting.manner import NO_MANNER, manner_of
from outreach.drafting.offline import load_templates, write_offline
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.own_voice import own_voice, shown_samples
from outreach.prompting.prompts import Prompts
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import builtin_rubric
from outreach.text.contractions import contracted, written_out
from outreach.workspace.library import Library
from tests import llm_samples
from tests.plans import ASKS, EMAIL_FIRST, HIRING, INMAIL, LINKEDIN_FIRST, make_plan
from tests.test_offline_rubric import ADDRESSES, LEAST_SCORE, TEXTS
from tests.voice_samples import SECRETS, SHORT, long_voice, short_voice, voice_of

PROMPTS = Prompts(PromptEnvironment(Path(__file__).resolve().parents[1] / "prompts"), b"secret")
VARIANTS = ("default", "peer", "plain", "question", "trigger")


def templates(language: str):
    return load_templates(language, lambda name: Library().find("messages", name))


def with_voice(plan, voice):
    return plan.model_copy(update={"voice": voice})


def bodies(plan) -> list[str]:
    return [message.body for message in write_offline(plan, templates(plan.language)).messages]


# --- the prompt ---


def texts_of(prompt) -> str:
    return "\n".join(message.content for message in prompt.messages)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("language", list(SHORT))
def test_no_word_of_a_sample_that_says_something_is_in_a_prompt(variant, language):
    plan = llm_samples.make_plan(variant=variant, language=language)
    own = texts_of(PROMPTS.sequence(plan))
    prompt = PROMPTS.sequence(with_voice(plan, short_voice(language, dont=('"circle back"',))))
    text = texts_of(prompt)
    assert not [word for word in SECRETS if word in text and word not in own]
    assert "circle back" in prompt.messages[0].content
    assert prompt.messages[1] == PROMPTS.sequence(plan).messages[1], "a voice is part of the stable half"


def test_a_repair_is_told_of_the_voice_and_of_nothing_in_the_samples():
    plan = with_voice(llm_samples.make_plan(), long_voice(do=("keep it calm",)))
    draft = asyncio.run(
        write_with_llm(plan, llm_samples.FakeClient(llm_samples.answer()), PROMPTS, builtin_rubric())
    ).draft
    prompt = PROMPTS.repair(plan, draft, {3: ()})
    assert "keep it calm" in prompt.messages[0].content
    assert "no contractions" in prompt.messages[0].content
    own = texts_of(PROMPTS.repair(llm_samples.make_plan(), draft, {3: ()}))
    assert not [word for word in SECRETS if word in texts_of(prompt) and word not in own]


def test_without_a_voice_a_prompt_has_no_trace_of_one():
    system = PROMPTS.sequence(llm_samples.make_plan()).messages[0].content
    assert "own voice" not in system
    assert "\n\n\n" not in system
    # A signature is no style: the stable half stays as it is.
    signed = with_voice(llm_samples.make_plan(), voice_of(signature="Noor"))
    assert PROMPTS.sequence(signed).messages[0].content == system


def test_the_prompt_says_the_measurements_in_words():
    said = own_voice(short_voice(), "en")["habits"]
    assert "sentences of about 5 words" in said
    assert "contractions wherever English has one" in said
    assert "greets with 'Hey' and the name, then a comma" in said
    assert "no greeting: the first sentence begins at once" in own_voice(long_voice(), "en")["habits"]
    assert own_voice(voice_of(*SHORT["en"][:2]), "en")["habits"] == [], "two samples prove nothing"
    assert own_voice(short_voice(), "es") == {}
    assert own_voice(None, "en") == {}


def test_two_samples_are_shown_and_always_the_same():
    shown = shown_samples(long_voice(), "en")
    assert len(shown) == 2
    assert shown == shown_samples(long_voice(), "en")
    assert all("…" in line and "\n" not in line for line in shown)


def test_jinja_in_a_do_line_is_text():
    prompt = PROMPTS.sequence(with_voice(llm_samples.make_plan(), voice_of(do=("say {{ 7 * 7 }}",))))
    assert "Do: say {{ 7 * 7 }}" in prompt.messages[0].content


# --- what a model makes of it ---


def judged(step: int, *sentences: str, voice=None):
    messages = copy.deepcopy(llm_samples.GOOD)
    messages[step - 1]["paragraphs"] = [[{"text": text, "rests_on": ["F1"]} for text in sentences]]
    plan = with_voice(llm_samples.make_plan(), voice or short_voice())
    client = llm_samples.FakeClient(llm_samples.answer(messages))
    written = asyncio.run(write_with_llm(plan, client, PROMPTS, builtin_rubric(), 0))
    errors = [found for one in written.verdict.steps for found in one.findings if found.severity == "error"]
    return written, {found.check for found in errors}


@pytest.mark.parametrize(
    "sentence",
    [
        "Vexory cut no-shows by 47% last spring.",
        "Quillmark opened a depot in Tampere.",
        "A team like yours has 63 people now.",
        "Your planners lost 47% of their shifts.",
    ],
)
def test_an_answer_that_repeats_a_sample_s_fact_fails(sentence):
    written, checks = judged(
        2, "Hey Carla, thanks for connecting.", sentence, "Who hands over at Brightmalt?"
    )
    assert written.verdict.verdict == "fail"
    assert checks - {"voice.copy"}, "it fails by what it rests on, copied or not"
    plain = judging_context(llm_samples.make_plan()).model_dump(exclude={"voice"})
    held = judging_context(with_voice(llm_samples.make_plan(), short_voice()))
    assert held.model_dump(exclude={"voice"}) == plain, "no sample is ground truth"


def test_an_answer_that_copies_a_sample_is_told_so():
    copied = "I do not know many that have managed it."
    written, checks = judged(2, "Thanks for connecting, Carla.", copied, "Who hands over at Brightmalt?", voice=long_voice())  # fmt: skip
    assert "voice.copy" in checks
    found = next(found for found in written.verdict.steps[1].findings if found.check == "voice.copy")
    assert found.quote in copied
    assert len(found.quote.split()) >= 8


def test_a_model_s_letters_close_as_the_sender_does():
    written, _ = judged(2, "Who hands over at Brightmalt?")
    assert written.draft.messages[2].body.endswith("\n\nCheers,\nIda")
    offer = llm_samples.OFFER.model_copy(
        update={
            "sender": llm_samples.OFFER.sender.model_copy(update={"signature": "Ida Bergson\nTallyforge"})
        }
    )
    assert sign_off(offer, "en", formal=False, own="Cheers,") == "Cheers,\nIda Bergson\nTallyforge"
    assert sign_off(offer, "en", formal=False) == "Ida Bergson\nTallyforge"
    closing = offer.model_copy(
        update={"sender": offer.sender.model_copy(update={"signature": "Yours,\nIda"})}
    )
    assert sign_off(closing, "en", formal=False, own="Cheers,") == "Yours,\nIda"


# --- the offline writer ---


def voices(language: str):
    yield short_voice(language, dont=('"caught my eye"',))
    if language == "en":
        yield long_voice()


@pytest.mark.parametrize("language", list(ADDRESSES))
@pytest.mark.parametrize("role", list(ASKS))
def test_drafts_in_a_voice_pass_without_repair(role, language):
    rubric = builtin_rubric()
    fact = HIRING.model_copy(update={"text": TEXTS[language], "language": language})
    refused = []
    for voice, address, steps, facts in itertools.product(
        voices(language), ADDRESSES[language], (LINKEDIN_FIRST, EMAIL_FIRST, INMAIL), ((), (fact,))
    ):
        plan = with_voice(make_plan(role, language, address=address, steps=steps, facts=facts), voice)
        draft = write_offline(plan, templates(language))
        assert draft == write_offline(plan, templates(language))
        verdict = judge_sequence(judging_record(plan, draft), rubric)
        found = [*verdict.findings, *(finding for step in verdict.steps for finding in step.findings)]
        against = [f for f in found if f.check.startswith("voice.") and f.check != "voice.sentence_length"]
        if verdict.verdict == "fail" or verdict.score < LEAST_SCORE or against:
            refused.append((address, len(steps), verdict.score, [(f.check, f.quote) for f in found]))
    assert refused == []


def test_a_voice_is_visible_in_a_draft():
    plan = make_plan("decision_maker", steps=EMAIL_FIRST)
    plain, short, long = (bodies(with_voice(plan, voice)) for voice in (None, short_voice(), long_voice()))
    assert all(body.startswith("Hey Ana,\n\n") and body.endswith("\n\nCheers,\nDaniel") for body in short)
    assert not any(re.match(r"(Hi|Hello|Hey|Ana)\b", body) for body in long)
    assert all(body.endswith("\n\nWith kind regards,\nDaniel") for body in long)
    assert not [body for body in plain if "Hey" in body or "Cheers" in body]
    assert sum(map(len, long)) > sum(map(len, short))


def test_contractions_are_made_or_written_out_and_claims_keep_their_words():
    plans = [make_plan(role, steps=steps) for role in ASKS for steps in (LINKEDIN_FIRST, EMAIL_FIRST)]
    short = " ".join(body for plan in plans for body in bodies(with_voice(plan, short_voice())))
    long = " ".join(body for plan in plans for body in bodies(with_voice(plan, long_voice())))
    plain = " ".join(body for plan in plans for body in bodies(plan))
    assert written_out(plain)
    assert contracted(short)
    assert not written_out(short)
    assert not contracted(long)
    manner = manner_of(with_voice(make_plan(), short_voice()))
    claim = "It is a firm that does not ask."
    assert manner.spoken(claim) != claim
    offer = make_plan().offer
    locked = offer.claims[0].model_copy(update={"text": {"en": claim}})
    plan = make_plan("economic_buyer", offer=offer.model_copy(update={"claims": (locked, *offer.claims[1:])}), steps=(("email", 0, "prove", "start"),))  # fmt: skip
    assert plan.steps[0].angle.claim_id == locked.id
    assert claim in bodies(with_voice(plan, short_voice()))[0]


def test_what_the_sender_never_writes_is_passed_over():
    plans = [make_plan(role, steps=EMAIL_FIRST) for role in ASKS]
    usual = " ".join(body for plan in plans for body in bodies(plan)).lower()
    leads = (
        line.text.partition("{")[0].strip(" ,").lower()
        for line in templates("en").lines("pain_lead", "casual", "any")
    )
    phrase = next(lead for lead in leads if len(lead.split()) > 1 and lead in usual)
    voice = voice_of(dont=(f'"{phrase}"',))
    assert phrase not in " ".join(body for plan in plans for body in bodies(with_voice(plan, voice))).lower()


def test_a_friend_s_greeting_is_not_put_to_a_formal_reader():
    formal = with_voice(make_plan(language="de", address="sie"), short_voice("de"))
    assert manner_of(formal).greeting is None
    assert judging_context(formal).voice.greeting is None
    assert not any(body.startswith("Hi ") for body in bodies(formal))
    friend = with_voice(make_plan(language="de", address="du"), short_voice("de"))
    assert manner_of(friend).greeting == "Hi {name},"
    gendered = voice_of(*(f"Liebe {name},\n\nwie planst du das?\n\nLG\nNoor" for name in ("Ana", "Bo", "Cy")), language="de")  # fmt: skip
    assert manner_of(with_voice(make_plan(language="de", address="du"), gendered)).greeting is None


def test_two_samples_bend_nothing():
    plan = make_plan(steps=EMAIL_FIRST)
    few = with_voice(plan, voice_of(*SHORT["en"][:2]))
    assert bodies(few) == bodies(plan)
    assert manner_of(plan) is NO_MANNER


def test_people_of_a_list_do_not_all_get_one_text():
    names = [
        ("Ana", "Torres"),
        ("Bo", "Lindt"),
        ("Cy", "Moor"),
        ("Di", "Okafor"),
        ("Ed", "Vass"),
        ("Flo", "Wirth"),
    ]
    plans = [make_plan(first_name=first, greeting_name=first, last_name=last) for first, last in names]
    first_lines = {
        bodies(with_voice(plan, short_voice()))[0].split(",", 1)[1] for plan in plans
    }  # fmt: skip
    assert len(first_lines) >= 3


@pytest.mark.parametrize(
    "signature", ["Noor", "Daniel Brandt\nConsultant, Rampwell\n+1 202 555-0143", "Best,\nDaniel"]
)
def test_a_signature_of_one_s_own_is_no_content(signature):
    offer = make_plan().offer
    own = offer.model_copy(update={"sender": offer.sender.model_copy(update={"signature": signature})})
    plan = make_plan(steps=EMAIL_FIRST, offer=own)
    draft = write_offline(plan, templates("en"))
    verdict = judge_sequence(judging_record(plan, draft), builtin_rubric())
    plain = make_plan(steps=EMAIL_FIRST)
    usual = judge_sequence(judging_record(plain, write_offline(plain, templates("en"))), builtin_rubric())
    assert (verdict.verdict, verdict.score) == (usual.verdict, usual.score)
    assert all(message.body.endswith("\n" + signature) for message in draft.messages)
    assert all(message.body.count("Best,") <= 1 for message in draft.messages)


def test_a_reader_without_a_sure_name_is_greeted_as_usual():
    plan = with_voice(make_plan(greeting_name=""), short_voice())
    assert manner_of(plan).greeting is None
    assert not any("Hey" in body for body in bodies(plan))
