"""One raw row and what joins it in; the prospect, its disposition and the reason out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outreach.domain.ids import make_id
from outreach.domain.people import Company, Fact, Prospect, Row
from outreach.intake.accounts import Accounts, attributes
from outreach.intake.companies import read_company
from outreach.intake.emails import EmailAddress, mailbox_key, read_email
from outreach.intake.facts import Facts, facts_in_row
from outreach.intake.headers import ColumnMap
from outreach.intake.language import choose_language
from outreach.intake.links import company_domain, company_page, profile_slug, profile_url
from outreach.intake.markers import asked_to_stop
from outreach.intake.names import PersonName, read_name
from outreach.intake.options import IntakeOptions
from outreach.intake.places import Place, domain_country, read_place
from outreach.intake.row_fields import Reading, is_shifted, read_fields
from outreach.intake.suppression import Suppression
from outreach.intake.table import TableRow
from outreach.intake.titles import JobTitle, read_title


@dataclass(frozen=True)
class Beside:
    """What joins a list: facts, company attributes, and who must be left alone."""

    facts: Facts = field(default_factory=Facts)
    accounts: Accounts = field(default_factory=Accounts)
    suppression: Suppression = field(default_factory=Suppression)


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one list."""

    source: str
    headers: Sequence[str]
    columns: ColumnMap
    plan: Sequence[Reading]
    options: IntakeOptions
    beside: Beside

    def read(self, number: int, raw: TableRow) -> Row:
        """Return what a raw row became. Duplicates are not known here: that takes the whole list."""
        problem = raw.problem
        if not problem and is_shifted(raw.cells, raw.extra, self.columns):
            problem = f"{raw.extra} cells too many: an unquoted comma?"
        if problem:
            return Row(
                row=number,
                line=raw.line,
                source=self.source,
                disposition="unreadable",
                reason=problem,
                flags=raw.flags,
            )
        values, noticed = read_fields(raw.cells, self.plan)
        email = _email(values)
        person = _place(values)
        company = self.beside.accounts.joined(_company(values, email))
        name = read_name(
            values.get("first_name", ""), values.get("last_name", ""), values.get("full_name", ""),
            honorific=values.get("honorific", ""), email=email.said or None, language="fr" if person.country == "FR" else None,
        )  # fmt: skip
        title = read_title(values.get("title", ""), company.name)
        prospect = self._prospect(raw.cells, values, email, person, company, name, title)
        disposition, reason = self._disposition(values, email, name, title, prospect)
        flags = (*raw.flags, *noticed, *name.flags, *email.flags)
        return Row(
            row=number, line=raw.line, source=self.source, disposition=disposition, reason=reason,
            flags=tuple(dict.fromkeys(flags)), prospect=prospect,
        )  # fmt: skip

    def _prospect(
        self, cells: Sequence[str], values: Mapping[str, str], email: EmailAddress, person: Place, company: Company,
        name: PersonName, title: JobTitle,
    ) -> Prospect:  # fmt: skip
        url = _profile(values)
        raw_title, headline = values.get("title", ""), values.get("headline", "")
        language, why = choose_language(
            column=values.get("language", ""), person=person, company=Place(company.country),
            domain_country=domain_country(company.domain), default_country=self.options.default_country,
            texts=(raw_title, headline), company_name=company.raw_name, workspace=self.options.language,
        )  # fmt: skip
        return Prospect(
            id=make_id("p", _identity(url, email, name, company)),
            first_name=name.first,
            last_name=name.last,
            greeting_name=name.greeting,
            honorific=name.honorific,
            title=title.text,
            raw_title=raw_title,
            headline=headline,
            profile_text="\n\n".join(text for text in (values.get("summary"), values.get("notes")) if text),
            seniority=title.seniority,
            functions=title.functions,
            email=email.address,
            linkedin_url=url,
            phone=values.get("phone", "").lstrip("'") or None,
            country=person.country or company.country or self.options.default_country,
            city=person.city,
            language=language,
            language_reason=why,
            company=company,
            facts=self._facts(cells, values, company, email, url),
        )

    def _facts(
        self,
        cells: Sequence[str],
        values: Mapping[str, str],
        company: Company,
        email: EmailAddress,
        url: str | None,
    ) -> tuple[Fact, ...]:
        own: list[Fact] = []
        if self.options.facts_columns or "funding_date" in values:
            own = facts_in_row(
                cells, self.headers, values, self.options.facts_columns, company.name, self.options.language
            )
        if not self.beside.facts.by_key:
            return tuple(own)
        keys = [f"in:{profile_slug(url)}"] if url else []
        keys += [f"mail:{mailbox_key(email.address)}"] if email.address else []
        keys += [f"domain:{company.domain}"] if company.domain else []
        keys += [f"name:{read_company(company.name).key}"] if company.name else []
        found = {fact.id: fact for fact in (*self.beside.facts.about(keys), *own)}
        return tuple(found.values())

    def _disposition(
        self,
        values: Mapping[str, str],
        email: EmailAddress,
        name: PersonName,
        title: JobTitle,
        prospect: Prospect,
    ) -> tuple[str, str]:
        """Return what becomes of a readable row: left alone, held for a person to look at, or ready."""
        others = [
            text for text in (email.said, values.get("email_secondary"), values.get("sales_nav_url")) if text
        ]
        stop = asked_to_stop(values) or self.beside.suppression.matches(prospect, others)
        if stop:
            return "suppressed", stop
        faults = (
            name.problem,
            email.problem,
            "" if prospect.company.name else "no_company",
            "" if title.text else "no_title",
        )
        reason = next((fault for fault in faults if fault), "")
        return ("review", reason) if reason else ("ready", "")


def _email(values: Mapping[str, str]) -> EmailAddress:
    """Return the first address that a person reads; a bad or bounced one gives way to the second column's."""
    first = read_email(values["email"]) if "email" in values else EmailAddress()
    bounced = values.get("email_bounced", "").casefold() in {
        "true",
        "yes",
        "1",
        "x",
        "sí",
        "sim",
        "ja",
        "oui",
    }
    if first.address is not None and not bounced:
        return first
    second = read_email(values["email_secondary"]) if "email_secondary" in values else EmailAddress()
    if second.address is not None:
        return EmailAddress(second.address, "", (*second.flags, "secondary_email"), second.said)
    if bounced and first.address is not None:
        return EmailAddress(None, "", (*first.flags, "email_bounced"), first.said)
    return first


def _profile(values: Mapping[str, str]) -> str | None:
    for field_name in ("linkedin_url", "linkedin_hash_url"):
        if field_name in values and (url := profile_url(values[field_name])) is not None:
            return url
    return None


def _place(values: Mapping[str, str]) -> Place:
    return read_place(
        values.get("country", ""), values.get("location", ""), values.get("state", ""), values.get("city", "")
    )


def _company(values: Mapping[str, str], email: EmailAddress) -> Company:
    raw = values.get("company", "")
    # A cleaned name beside the legal one is the better name of a firm, but makes no firm where the list names none.
    read = read_company(raw)
    shown = read_company(values["company_display"]) if read.name and "company_display" in values else read
    name = shown.name or read.name
    domain = next(
        (
            d
            for f in ("company_domain", "website")
            if f in values and (d := company_domain(values[f])) is not None
        ),
        None,
    )
    if domain is None and email.said:
        domain = company_domain(email.said)
    return Company(
        name=name,
        raw_name=raw,
        key=(domain or read.key) if name else "",
        domain=domain,
        linkedin_url=company_page(values["company_linkedin_url"])
        if "company_linkedin_url" in values
        else None,
        **attributes(values),
    )


def _identity(url: str | None, email: EmailAddress, name: PersonName, company: Company) -> list[str]:
    if url is not None:
        return ["in", url.rsplit("/", 1)[1]]
    if email.address is not None:
        return ["mail", mailbox_key(email.address) or email.address]
    return ["name", name.first.casefold(), name.last.casefold(), company.key]
