"""A made-up `generate` line, for tests of what comes after drafting."""

from outreach.domain.judgement import SequenceContext
from outreach.domain.lines import DraftedMessage, DraftedProspect, GenerateLine, Tokens, VerdictPart


def drafted_line(
    outreach_id: str = "o1_1",
    *,
    body: str = "Hi Ana.",
    verdict: str = "pass",
    email: str | None = "ana@acme.example",
):
    """Return a line with a connection request and an email."""
    part = VerdictPart(verdict="fit", score=90, reasons=("employees 120 within 50–1000",))
    common = {
        "verdict": verdict,
        "score": 95,
        "defects": (),
        "findings": (),
        "basis": (),
        "existing_thread": False,
    }
    return GenerateLine(
        outreach_id=outreach_id, row=1, source="list.csv",
        prospect=DraftedProspect(
            first_name="Ana", last_name="Souza", title="VP Sales", company="Acme", email=email,
            linkedin_url="https://www.linkedin.com/in/ana-souza-test-0001", language="en",
        ),
        account="acme.example", persona="vp-sales", buying_role="decision_maker", icp=part, persona_match=part,
        decision="write", overruled=None, sequence="mixed", variant={"sequence": "default"}, model="offline",
        provider="offline", fallback=False, language="en", address="plain", verdict=verdict, score=95, defects=(),
        findings=(),
        messages=(
            DraftedMessage(step=1, channel="connection_request", day=0, subject=None, body=body, footer=None, **common),
            DraftedMessage(
                step=2, channel="email", day=3, subject="ramp in Lima", body="Hi Ana,\n\nHow is it going?", footer="Acme, 1 Road",
                **common,
            ),
        ),
        dropped_steps=(), context=SequenceContext(), tokens=Tokens(input=0, output=0), cost_usd=0.0,
    )  # fmt: skip
