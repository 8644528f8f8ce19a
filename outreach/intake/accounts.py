"""`accounts.csv` in; company attributes by domain and name, to join where a list has none, out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.domain.people import Company, Range
from outreach.errors import FileError
from outreach.intake.companies import read_company
from outreach.intake.industries import industry_group
from outreach.intake.links import company_domain, company_page
from outreach.intake.places import read_place
from outreach.intake.side_tables import read_fields
from outreach.intake.sizes import read_head_count, read_money

_LIST_SEPARATORS = str.maketrans({";": ",", "|": ",", "\n": ","})


@dataclass
class Accounts:
    """Companies by `domain:…` and `name:…`."""

    by_key: dict[str, Company] = field(default_factory=dict)

    def joined(self, company: Company) -> Company:
        """Return the company with what the accounts know and the list does not. The list's own word stays."""
        if not self.by_key:
            return company
        known = self.by_key.get(f"domain:{company.domain}") or self.by_key.get(
            f"name:{read_company(company.name).key}"
        )
        if known is None:
            return company
        missing = {
            name: value
            for name in Company.model_fields
            if (value := getattr(known, name)) not in (None, "", ())
            and getattr(company, name) in (None, "", ())
        }
        missing.pop("revenue_approximate", None)
        if "revenue_usd" in missing:
            missing["revenue_approximate"] = known.revenue_approximate
        if "domain" in missing and company.name:
            # Two people of a firm share its account, whether or not the list gave both its domain.
            missing["key"] = known.domain
        return company.model_copy(update=missing)


def read_accounts_file(path: Path) -> Accounts:
    """Read accounts.csv: a domain or a company, and any of industry, employees, country, revenue, technologies.

    Raises:
        FileError: the file cannot be read, or a line names no company.
    """
    accounts = Accounts()
    for line, row in read_fields(path, "accounts file"):
        said = row.get("company_domain") or row.get("website", "")
        domain = company_domain(said) if said else None
        name = read_company(row.get("company") or row.get("full_name", ""))
        if domain is None and not name.key:
            raise FileError(
                "this line names no company", where=path, line=line, hint="give its domain or its name"
            )
        company = Company(
            name=name.name, key=domain or name.key, domain=domain, linkedin_url=company_page(row.get("company_linkedin_url", "")),
            **attributes(row | {"company_country": row.get("company_country") or row.get("country", "")}),
        )  # fmt: skip
        if domain:
            accounts.by_key.setdefault(f"domain:{domain}", company)
        if name.key:
            accounts.by_key.setdefault(f"name:{name.key}", company)
    return accounts


def attributes(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a company's attributes from cells by field; blanks stay unknown."""
    industry = row.get("industry") or row.get("sub_industry", "")
    revenue, approximate = _revenue(row)
    founded = row.get("founded", "")[:4]
    place = read_place(
        row.get("company_country", ""),
        row.get("company_location", ""),
        row.get("company_state", ""),
        row.get("company_city", ""),
    )
    return {
        "industry": industry or None,
        "industry_group": _group(row),
        "employees": read_head_count(row.get("employees", ""))
        or read_head_count(row.get("employee_range", "")),
        "revenue_usd": revenue,
        "revenue_approximate": approximate,
        "country": place.country,
        "technologies": listed(row.get("technologies", "")),
        "keywords": listed(row.get("keywords", "")),
        "funding_round": row.get("funding_round") or None,
        "description": row.get("description") or None,
        "founded": int(founded) if founded.isdigit() and 1500 < int(founded) < 2100 else None,
    }


def _group(row: Mapping[str, str]) -> str | None:
    """Return the group of the finer of two industry columns, else that of the other."""
    fine, broad = row.get("sub_industry", ""), row.get("industry", "")
    return (industry_group(fine) if fine else None) or (industry_group(broad) if broad else None)


def _revenue(row: Mapping[str, str]) -> tuple[Range | None, bool]:
    for column, unit in (("revenue", 1.0), ("revenue_thousands_usd", 1000.0)):
        cell = row.get(column, "")
        money = read_money(cell, unit=unit) if cell else None
        if money is not None:
            return money.usd, money.approximate
    low, high = (
        read_money(cell, unit=1_000_000.0) if (cell := row.get(f"revenue_{end}_millions_usd", "")) else None
        for end in ("min", "max")
    )
    if low is None and high is None:
        return None, False
    return Range(low=low.usd.low if low else None, high=high.usd.high if high else None), False


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists several things."""
    if not text:
        return ()
    parts = (part.strip() for part in text.translate(_LIST_SEPARATORS).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
