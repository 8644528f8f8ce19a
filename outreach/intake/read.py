"""A lead list and how to read it in; every row as a prospect with its disposition out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.domain.ids import make_id
from outreach.domain.people import Company, Fact, Prospect, Row
from outreach.intake.accounts import Accounts, attributes, read_accounts_file
from outreach.intake.cells import clean_cell, is_blank
from outreach.intake.companies import read_company
from outreach.intake.emails import EmailAddress, mailbox_key, read_email
from outreach.intake.facts import Facts, make_fact, read_date, read_facts_file
from outreach.intake.headers import ColumnMap, map_headers
from outreach.intake.links import company_domain, company_page, profile_slug, profile_url
from outreach.intake.markers import asked_to_stop
from outreach.intake.names import PersonName, read_name
from outreach.intake.options import Intake, IntakeOptions
from outreach.intake.places import language_for, read_country
from outreach.intake.reader import TableRow, read_table
from outreach.intake.suppression import Suppression
from outreach.intake.suspicion import suspicious
from outreach.intake.titles import read_title

#: Fields whose text comes from the prospect or a stranger: it may hold anything.
_UNTRUSTED = ("headline", "summary", "notes", "description")


@dataclass(frozen=True)
class _Beside:
    """What joins a list: facts, company attributes, and who must be left alone."""

    facts: Facts
    accounts: Accounts
    suppression: Suppression


def read_prospects(path: Path, options: IntakeOptions) -> Intake:
    """Read a lead list.

    Raises:
        FileError: the list is none, or a file beside it (facts, accounts, suppression, customers) is missing or faulty.
    """
    beside = _Beside(
        read_facts_file(options.facts_file, options.language) if options.facts_file else Facts(),
        read_accounts_file(options.accounts_file) if options.accounts_file else Accounts(),
        Suppression.read(options.suppression_files, options.customers_file),
    )
    table = read_table(path, sheet=options.sheet)
    columns = map_headers(table.headers, [row.cells for row in table.rows[:200]], options.columns, path)
    rows: list[Row] = []
    first_rows: dict[str, int] = {}
    for number, raw in enumerate(table.rows, 1):
        row = _read_row(number, raw, table.headers, columns, path.name, options, beside)
        rows.append(_marked_duplicate(row, first_rows))
    _check_sum(rows, len(table.rows))
    return Intake(
        rows, columns.by_header, columns.suggestions, columns.source, table.encoding, table.delimiter,
        [*table.notes, *columns.notes],
    )  # fmt: skip


def _read_row(
    number: int, raw: TableRow, headers: Sequence[str], columns: ColumnMap, source: str, options: IntakeOptions, beside: _Beside
) -> Row:  # fmt: skip
    if raw.problem:
        return Row(row=number, line=raw.line, source=source, disposition="unreadable", reason=raw.problem, flags=raw.flags)
    flags = list(raw.flags)
    values = _values(raw.cells, columns, flags)
    email = read_email(values.get("email", ""))
    language, why = _language(values, options)
    name = read_name(
        values.get("first_name", ""), values.get("last_name", ""), values.get("full_name", ""),
        honorific=values.get("honorific", ""), email=email.address, language=language,
    )  # fmt: skip
    flags += [*name.flags, *email.flags]
    company = beside.accounts.joined(_company(values, email))
    title = read_title(values.get("title", ""), company.name)
    url = _first_profile(raw.cells, columns)
    if any(suspicious(values.get(field, "")) for field in _UNTRUSTED):
        flags.append("injection")
    country = _country(values, company, options)
    if why.startswith("no country") and country:
        language, why = language_for(values.get("language", ""), country, options.language)
    prospect = Prospect(
        id=make_id("p", _identity(url, email, name, company)),
        first_name=name.first,
        last_name=name.last,
        greeting_name=name.greeting,
        honorific=name.honorific,
        title=title.text,
        raw_title=values.get("title", ""),
        headline=values.get("headline", ""),
        profile_text=values.get("summary", ""),
        seniority=title.seniority,
        functions=title.functions,
        email=email.address,
        linkedin_url=url,
        phone=values.get("phone", "").lstrip("'") or None,
        country=country,
        city=values.get("city") or None,
        language=language,
        language_reason=why,
        company=company,
        facts=_facts(raw.cells, headers, values, company, email, url, options, beside.facts),
    )
    disposition, reason = _disposition(values, email, name, company, title.text, url, beside.suppression)
    return Row(
        row=number, line=raw.line, source=source, disposition=disposition, reason=reason,
        flags=tuple(dict.fromkeys(flags)), prospect=prospect,
    )  # fmt: skip


def _values(cells: Sequence[str], columns: ColumnMap, flags: list[str]) -> dict[str, str]:
    """Return the text of each field: the first of its columns that says anything."""
    values: dict[str, str] = {}
    for field, places in columns.columns.items():
        for place in places:
            clean = clean_cell(cells[place]) if place < len(cells) else clean_cell("")
            flags += clean.flags
            if not is_blank(clean.text):
                values[field] = clean.text
                break
            if clean.text and field == "email":
                values.setdefault(field, clean.text)  # `n/a` where an address belongs is a bad address, not none
    return values


def _first_profile(cells: Sequence[str], columns: ColumnMap) -> str | None:
    for field in ("linkedin_url", "linkedin_hash_url"):
        for place in columns.columns.get(field, ()):
            url = profile_url(cells[place]) if place < len(cells) else None
            if url is not None:
                return url
    return None


def _language(values: Mapping[str, str], options: IntakeOptions) -> tuple[str, str]:
    country = read_country(values.get("country", "")) or read_country(values.get("location", ""))
    return language_for(values.get("language", ""), country, options.language)


def _country(values: Mapping[str, str], company: Company, options: IntakeOptions) -> str | None:
    own = read_country(values.get("country", "")) or read_country(values.get("location", ""))
    return own or company.country or options.default_country


def _company(values: Mapping[str, str], email: EmailAddress) -> Company:
    read = read_company(values.get("company", ""))
    domain = None
    for field in ("company_domain", "website"):
        domain = domain or company_domain(values.get(field, ""))
    domain = domain or (company_domain(email.said) if email.said else None)
    row = dict(values)
    row["country"] = values.get("company_country") or values.get("company_location") or ""
    row["location"] = ""
    return Company(
        name=read.name,
        raw_name=values.get("company", ""),
        key=(domain or read.key) if read.name else "",
        domain=domain,
        linkedin_url=company_page(values.get("company_linkedin_url", "")),
        **attributes(row),
    )


def _identity(url: str | None, email: EmailAddress, name: PersonName, company: Company) -> list[str]:
    if url is not None:
        return ["in", url.rsplit("/", 1)[1]]
    if email.address is not None:
        return ["mail", mailbox_key(email.address) or email.address]
    return ["name", name.first.casefold(), name.last.casefold(), company.key]


def _facts(
    cells: Sequence[str], headers: Sequence[str], values: Mapping[str, str], company: Company, email: EmailAddress,
    url: str | None, options: IntakeOptions, facts: Facts,
) -> tuple[Fact, ...]:  # fmt: skip
    found: list[Fact] = []
    for header, kind in options.facts_columns.items():
        if header in headers and headers.index(header) < len(cells):
            text = clean_cell(cells[headers.index(header)]).text
            if not is_blank(text):
                found.append(make_fact(kind, text, language=options.language, source=f"list:{header}"))
    dated = read_date(values.get("funding_date", ""))
    if values.get("funding_round") and dated is not None:
        slots = {"round": values["funding_round"]} | (
            {"amount": values["funding_amount"]} if values.get("funding_amount") else {}
        )
        text = f"{company.name}: {values['funding_round']}"
        found.append(make_fact("funding", text, language=options.language, date=dated, source="list", slots=slots))
    keys = [f"in:{profile_slug(url)}" if url else "", f"mail:{mailbox_key(email.address)}" if email.address else ""]
    keys += [f"domain:{company.domain}" if company.domain else "", f"name:{read_company(company.name).key}" if company.name else ""]
    return (*facts.about([key for key in keys if key]), *found)


def _disposition(
    values: Mapping[str, str], email: EmailAddress, name: PersonName, company: Company, title: str, url: str | None,
    suppression: Suppression,
) -> tuple[str, str]:  # fmt: skip
    """Return what becomes of a readable row: left alone, held for a person to look at, or ready."""
    stop = asked_to_stop(values) or suppression.match(
        email=email.said or None, linkedin_url=url, company=company.name or None, domain=company.domain
    )
    if stop:
        return "suppressed", stop
    if name.problem:
        return "review", name.problem
    if email.problem:
        return "review", email.problem
    if not company.name:
        return "review", "no_company"
    if not title:
        return "review", "no_title"
    return "ready", ""


def _marked_duplicate(row: Row, first_rows: dict[str, int]) -> Row:
    """Mark a person that stood in the list before. Two rows are one person by profile, mailbox, or name and account."""
    person = row.prospect
    if person is None:
        return row
    keys = [f"in:{profile_slug(person.linkedin_url)}"] if person.linkedin_url else []
    keys += [f"mail:{mailbox_key(person.email)}"] if person.email else []
    if person.first_name and person.last_name and person.company.key and not (person.linkedin_url and person.email):
        keys.append(f"name:{person.first_name} {person.last_name} {person.company.key}".casefold())
    earlier = next((first_rows[key] for key in keys if key in first_rows), None)
    for key in keys:
        first_rows.setdefault(key, row.row)
    if person.first_name and person.last_name and person.company.key:
        first_rows.setdefault(f"name:{person.first_name} {person.last_name} {person.company.key}".casefold(), row.row)
    if earlier is None:
        return row
    return row.model_copy(update={"disposition": "duplicate", "duplicate_of": earlier, "reason": f"the person of row {earlier}"})


def _check_sum(rows: Sequence[Row], read: int) -> None:
    counted = Counter(row.disposition for row in rows)
    if sum(counted.values()) != read:
        msg = f"{read} rows were read, {sum(counted.values())} are accounted for"
        raise AssertionError(msg)
