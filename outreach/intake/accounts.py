"""`accounts.csv` in; company attributes by domain and name, to join where a list has none, out."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.domain.people import Company, Range
from outreach.intake.companies import read_company
from outreach.intake.industries import industry_group
from outreach.intake.links import company_domain
from outreach.intake.places import read_country
from outreach.intake.side_tables import read_side_table
from outreach.intake.sizes import read_head_count, read_money

_LIST_SEPARATORS = str.maketrans({";": ",", "|": ","})


@dataclass
class Accounts:
    """Companies by `domain:…` and `name:…`."""

    by_key: dict[str, Company] = field(default_factory=dict)

    def joined(self, company: Company) -> Company:
        """Return the company with what the accounts know and the list does not. The list's own word stays."""
        known = self.by_key.get(f"domain:{company.domain}") or self.by_key.get(f"name:{read_company(company.name).key}")
        if known is None:
            return company
        missing = {
            name: value
            for name, value in known.model_dump().items()
            if value not in (None, "", ()) and getattr(company, name) in (None, "", ()) and name != "revenue_approximate"
        }
        if "revenue_usd" in missing:
            missing["revenue_approximate"] = known.revenue_approximate
        return company.model_validate({**company.model_dump(), **missing})


def read_accounts_file(path: Path) -> Accounts:
    """Read accounts.csv: columns domain or company, and any of industry, employees, country, revenue_usd, technologies …"""
    accounts = Accounts()
    for _line, row in read_side_table(path, ("domain",), "accounts file"):
        domain = company_domain(row["domain"]) if row["domain"] else None
        name = read_company(row.get("company", ""))
        company = Company(name=name.name, key=domain or name.key, domain=domain, **attributes(row))
        if domain:
            accounts.by_key[f"domain:{domain}"] = company
        if name.key:
            accounts.by_key.setdefault(f"name:{name.key}", company)
    return accounts


def attributes(row: dict[str, str]) -> dict[str, Any]:
    """Return a company's attributes from cells named as our fields; blanks stay unknown."""
    found: dict[str, Any] = {}
    if row.get("industry"):
        found |= {"industry": row["industry"], "industry_group": industry_group(row["industry"])}
    employees = read_head_count(row.get("employees", "")) or read_head_count(row.get("employee_range", ""))
    revenue, approximate = _revenue(row)
    found |= {"employees": employees, "revenue_usd": revenue, "revenue_approximate": approximate}
    found["country"] = read_country(row.get("country", "") or row.get("company_country", "") or row.get("location", ""))
    found["technologies"] = listed(row.get("technologies", ""))
    found["keywords"] = listed(row.get("keywords", ""))
    found["funding_round"] = row.get("funding_round") or row.get("funding") or None
    found["description"] = row.get("description") or None
    founded = row.get("founded", "")[:4]
    found["founded"] = int(founded) if founded.isdigit() and 1500 < int(founded) < 2100 else None
    return found


def _revenue(row: dict[str, str]) -> tuple[Range | None, bool]:
    for column, unit in (("revenue_usd", 1.0), ("revenue", 1.0), ("revenue_thousands_usd", 1000.0)):
        money = read_money(row.get(column, ""), unit=unit)
        if money is not None:
            return money.usd, money.approximate
    low, high = (read_money(row.get(f"revenue_{end}_millions_usd", ""), unit=1_000_000.0) for end in ("min", "max"))
    if low is None:
        return None, False
    return Range(low=low.usd.low, high=high.usd.high if high else None), low.approximate


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists several things."""
    parts = (part.strip() for part in text.translate(_LIST_SEPARATORS).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
