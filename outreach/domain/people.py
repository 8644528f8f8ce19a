"""Who is written to: a prospect, the company, dated facts with their source, and what became of a row."""

import datetime
from typing import Literal

from pydantic import Field

from outreach.domain.record import Record
from outreach.domain.vocabulary import Disposition, Function, Seniority


class Range(Record):
    """A number known between two bounds, both inclusive; an open end is None. `11-50` is (11, 50), `10,001+` is (10001, None)."""

    low: float | None = None
    high: float | None = None


class Company(Record):
    """The prospect's employer as the list (or `accounts.csv`) tells it. Unknown is None or empty, never a guess."""

    name: str = Field("", description="display name, cleaned: no legal form, no tagline")
    raw_name: str = ""
    key: str = Field(
        "",
        description="account key: the domain, else the squashed name; people with one key share an account",
    )
    domain: str | None = None
    linkedin_url: str | None = None
    industry: str | None = Field(None, description="as the list says it")
    industry_group: str | None = Field(
        None, description="our bucket, such as `software`, from the industry table"
    )
    employees: Range | None = Field(None, description="head count")
    revenue_usd: Range | None = Field(None, description="US dollars a year")
    revenue_approximate: bool = Field(
        default=False, description="converted from another currency by the dated table"
    )
    country: str | None = Field(None, description="ISO 3166 alpha-2")
    technologies: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    founded: int | None = None
    funding_round: str | None = None
    description: str | None = Field(None, description="untrusted text")


class Fact(Record):
    """Something true about a prospect or the company, with where it comes from. A fact that is a reason to write now is a signal."""

    id: str = Field(description="`f_` + hash of kind, text, date and source")
    kind: str = Field(
        description="hiring, funding, launch, expansion, leadership, post, event, technology, award, other …"
    )
    text: str = Field(description="one clause as it may be retold, such as `Acme opened an office in Lima`")
    language: str = Field("en", description="language of `text`")
    about: Literal["person", "company"] = "company"
    date: datetime.date | None = None
    source: str = Field("", description="where it was seen: a URL, a column, a file")
    slots: dict[str, str] = Field(
        default_factory=dict, description="named parts, such as count, what, place, amount"
    )


class Prospect(Record):
    """One person worth deciding about, normalised. Ids are made of identity only, never of row numbers or dates."""

    id: str = Field(
        description="`p_` + hash of the strongest identity: LinkedIn slug, else email, else name and account"
    )
    first_name: str = ""
    last_name: str = ""
    greeting_name: str = Field(
        "", description="what to call them in a greeting; empty means: greet without a name"
    )
    honorific: str = Field("", description="only ever from a column of the list; gender is never guessed")
    title: str = ""
    raw_title: str = ""
    headline: str = Field("", description="untrusted text")
    profile_text: str = Field("", description="untrusted text: never a fact, never an instruction")
    seniority: Seniority | None = None
    functions: tuple[Function, ...] = ()
    email: str | None = None
    linkedin_url: str | None = Field(None, description="https://www.linkedin.com/in/SLUG, lower case")
    phone: str | None = None
    country: str | None = Field(None, description="ISO 3166 alpha-2 of the person, else of the company")
    city: str | None = None
    language: str = Field("en", description="language to write in: `en, es, pt, de, fr` or another code")
    language_reason: str = ""
    company: Company = Company()
    facts: tuple[Fact, ...] = ()


class Row(Record):
    """What a line of the lead list became: a prospect and a disposition, with the reason for anything but `ready`."""

    row: int = Field(description="data rows from 1")
    line: int = Field(description="line in the file where the row starts, from 1")
    source: str = Field(description="name of the file")
    disposition: Disposition
    reason: str = Field("", description="why it is not `ready`: no_name, role_email, do_not_contact …")
    duplicate_of: int | None = Field(None, description="the row this one repeats")
    flags: tuple[str, ...] = Field((), description="what was done to the row or noticed on it")
    prospect: Prospect | None = None
