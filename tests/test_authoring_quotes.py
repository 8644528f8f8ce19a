"""A quote carries a statement only where it stands in the source and holds the statement's figures, names and words."""

import pytest

from outreach.authoring.quotes import CLAIM_SHARE, normal, why_not_carried

SOURCE = (
    "A support team of nine at Tallowmere halved its first reply time in six weeks.\n"
    "Reports don’t leave the country; the data is kept for 30 days.\n"
    "Una distribuidora de Guayaquil cobraba a 58 días."
)
SUPPORT = "A support team of nine at Tallowmere halved its first reply time in six weeks."


def why(statement: str, quote: str, language: str = "en") -> str:
    return why_not_carried(
        statement, quote, [normal(line) for line in SOURCE.splitlines()], language, share=CLAIM_SHARE
    )


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        (SUPPORT, SUPPORT),
        ("Tallowmere's support team of nine halved its first reply time.", SUPPORT),
        ("A support team of 9 halved its first reply time in 6 weeks.", "“A support team of nine at  Tallowmere halved its\nfirst reply time in six weeks”"),
        ("Reports don't leave the country.", "Reports don't leave the country"),
    ],
)  # fmt: skip
def test_what_is_carried(statement: str, quote: str) -> None:
    assert why(statement, quote) == ""


@pytest.mark.parametrize(
    ("statement", "quote", "reason"),
    [
        ("Support teams cut costs.", "Support teams cut costs.", "does not stand in the source"),
        (
            "A support team of nine halved its reply time.",
            "a support team of nin",
            "does not stand in the source",
        ),
        ("A support team of twelve halved its first reply time.", SUPPORT, "'twelve'"),
        ("A support team of nine halved its first reply time in six days.", SUPPORT, "'six'"),
        ("A support team of nine cut its first reply time by 30 %.", SUPPORT, "'30"),
        ("A support team of nine at Oakfield halved its first reply time.", SUPPORT, "'Oakfield'"),
        ("Reports leave the country.", "Reports don’t leave the country", "says not"),
        ("Invoices are paid sooner and stock falls everywhere.", SUPPORT, "more than its quote"),
        ("Reply time was halved in six weeks.", "in six", "too short"),
        ("", SUPPORT, "says nothing"),
        (
            "Halved in six weeks, the data is kept.",
            "in six weeks.\nReports don’t leave",
            "does not stand in the source",
        ),
        ("Halved in six weeks.", "in six weeks " * 25, "too long"),
    ],
)
def test_what_is_not_carried(statement: str, quote: str, reason: str) -> None:
    assert reason in why(statement, quote)


def test_a_figure_with_its_thousands_mark_is_the_same_figure() -> None:
    source = [normal("Clientes con 2.300 avisos al mes usan la guía.")]
    quote = "Clientes con 2.300 avisos al mes usan la guía."
    assert why_not_carried("Clientes con 2300 avisos usan la guía.", quote, source, "es", share=0.6) == ""
    assert "'230'" in why_not_carried("Clientes con 230 avisos usan la guía.", quote, source, "es", share=0.6)


TWO = "A bakery in Lyon cut waste by 12 %. A clinic in Porto cut calls by 30 %."


@pytest.mark.parametrize(
    ("statement", "carried"),
    [
        ("A bakery in Lyon cut waste by 12 %.", True),
        ("A clinic in Porto cut calls by 30 %.", True),
        ("A bakery in Lyon cut calls by 30 %.", False),
        ("A bakery in Lyon cut waste by 12 %, a clinic in Porto cut calls by 30 %.", True),
    ],
)
def test_a_figure_stays_with_the_sentence_it_is_of(statement: str, carried: bool) -> None:
    reason = why_not_carried(statement, TWO, [normal(TWO)], "en", share=CLAIM_SHARE)
    assert ("another sentence" not in reason) == carried
    assert (reason == "") == carried


def test_a_result_told_in_two_sentences_may_be_told_in_one() -> None:
    quote = "Una distribuidora de Guayaquil cobraba a 58 días. Hoy cobra a 41."
    told = "Una distribuidora de Guayaquil cobraba a 58 días y hoy cobra a 41."
    assert why_not_carried(told, quote, [normal(quote)], "es", share=CLAIM_SHARE) == ""
