from outreach.domain.selling import Offer, Sender
from outreach.drafting.footer import email_footer, sign_off


def offer(**sender: object) -> Offer:
    values = {"name": "Lena Ruiz", "company": "Rampworks", **sender}
    return Offer(sender=Sender.model_validate(values), product={"en": "plans onboarding"})


def test_identity_address_and_opt_out_stand_one_a_line():
    footer = email_footer(offer(title="Partner", postal_address="Calle 1\n Bogotá"), "en")
    assert footer.splitlines() == [
        "Lena Ruiz, Partner, Rampworks",
        "Calle 1 Bogotá",
        "A one-line reply is enough to stop these emails.",
    ]


def test_own_opt_out_in_the_drafts_language_wins():
    own = offer(opt_out={"es": "Responda BAJA."})
    assert email_footer(own, "es").endswith("Responda BAJA.")
    assert email_footer(own, "de").endswith("keine weiteren E-Mails.")


def test_a_language_without_a_line_still_gets_a_way_out():
    assert email_footer(offer(opt_out={"es": "Responda BAJA."}), "it").endswith("Responda BAJA.")
    assert email_footer(offer(), "it").endswith("stop these emails.")


def test_sign_off_by_language_and_register():
    assert sign_off(offer(), "en", formal=False) == "Best,\nLena"
    assert sign_off(offer(), "de", formal=True) == "Mit freundlichen Grüßen\nLena"
    assert sign_off(offer(signature="L. Ruiz"), "it", formal=True) == "L. Ruiz"
    assert sign_off(offer(signature="Cheers,\nLena"), "en", formal=True) == "Cheers,\nLena"
