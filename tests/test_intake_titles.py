"""Titles in seven languages: what is said, which rank, which fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.intake.titles import read_title


@pytest.mark.parametrize(
    ("raw", "rank", "fields"),
    [
        ("VP, RevOps & GTM Strategy", "vp", ("operations", "sales")),
        ("Directora Comercial LATAM", "director", ("sales",)),
        ("Head of Growth @ Acme | ex-Google", "head", ("marketing",)),
        ("Chief of Staff to the CEO", "manager", ("operations",)),
        ("SVP Eng", "vp", ("engineering",)),
        ("Sr. Mgr., Demand Gen", "manager", ("marketing",)),
        ("Co-Founder & CTO", "owner", ("engineering", "general_management")),
        ("Leiter Vertrieb DACH", "head", ("sales",)),
        ("Responsable Marketing", "manager", ("marketing",)),
        ("Gerente de TI", "manager", ("it",)),
        ("Managing Director, EMEA", "c_level", ("general_management",)),
        ("AE", "individual", ("sales",)),
        ("SDR Manager", "manager", ("sales",)),
        ("Principal Engineer", "senior", ("engineering",)),
        ("Executive Assistant to CFO", "assistant", ("executive_assistance",)),
        ("Owner/Operator", "owner", ("general_management",)),
        ("Fractional CMO | Advisor", "c_level", ("marketing",)),
        ("Account Director", "director", ("sales",)),
        ("People Ops Lead", "lead", ("hr",)),
        ("Deputy CISO", "director", ("security",)),
        # Other languages, feminine forms, compounds
        ("Geschäftsführerin", "c_level", ("general_management",)), ("Marketingleiterin", "head", ("marketing",)),
        ("IT-Leiter (m/w/d)", "head", ("it",)), ("Einkaufsleiter:in", "head", ("procurement",)), ("Leiterin Einkauf", "head", ("procurement",)),
        ("Jefa de Compras", "manager", ("procurement",)), ("Gerente General", "c_level", ("general_management",)),
        ("Diretora de Recursos Humanos", "director", ("hr",)), ("Coordenadora de RH", "lead", ("hr",)), ("Head de Produto", "head", ("product",)),
        ("Directrice des achats", "director", ("procurement",)), ("DSI", "c_level", ("it",)), ("Président", "c_level", ("general_management",)),
        ("Direttore Commerciale", "director", ("sales",)), ("Inkoopmanager", "manager", ("procurement",)),
        ("Vicepresidenta de Ventas", "vp", ("sales",)), ("Director/a de Marketing", "director", ("marketing",)),
        # Whose rank it is
        ("Vorstandsassistentin", "assistant", ("executive_assistance",)), ("Assistentin der Geschäftsführung", "assistant", ("executive_assistance",)),
        ("Asistente del Director General", "assistant", ("executive_assistance",)), ("Secretária Executiva", "assistant", ("executive_assistance",)),
        ("Assistante de direction", "assistant", ("executive_assistance",)), ("Asistente de Ventas", "assistant", ("sales",)),
        ("Assistant Director of Marketing", "director", ("marketing",)), ("Assistant Vice President", "vp", ()),
        ("HR Business Partner", "individual", ("hr",)), ("Partner", "owner", ("general_management",)), ("Partner Manager", "manager", ("sales",)),
        ("Vice President, Customer Success", "vp", ("customer_success",)), ("Advisor to CEOs", "individual", ("consulting",)),
    ],
)  # fmt: skip
def test_rank_and_fields(raw: str, rank: str, fields: tuple[str, ...]) -> None:
    title = read_title(raw)
    assert (title.seniority, title.functions) == (rank, fields)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Founder & CEO ", "Founder & CEO"), ("CTO | Speaker | Author", "CTO"), ("Head of Ops 🔥 Scaling teams", "Head of Ops"),
        ("CEO @ Acme", "CEO"), ("Product Manager at Google, ex-Meta", "Product Manager"), ("CTO\nAcme", "CTO"), ("Vertriebsleiter (m/w/d)", "Vertriebsleiter"),
        ("DIRECTOR COMERCIAL", "Director Comercial"), ("IT DIRECTOR", "IT Director"), ("Acme | CTO", "CTO"), ("Director Comercial en Acme", "Director Comercial"),
        ("--", ""), ("Open to work", ""), ("Open to work at ACME", ""), ("at Acme", ""), ("Helping SaaS teams sell more", ""), ("En búsqueda activa", ""),
    ],
)  # fmt: skip
def test_what_is_said(raw: str, text: str) -> None:
    assert read_title(raw, "Acme").text == text


@given(st.text(max_size=60))
def test_any_text_is_read(raw: str) -> None:
    title = read_title(raw)
    assert title.text or (title.seniority is None and title.functions == ())
