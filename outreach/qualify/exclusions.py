"""A company, its exclusions and the customers in; why this account is never written to out, or None."""

from collections.abc import Set as AbstractSet

from outreach.domain.buyers import Exclusions
from outreach.domain.people import Prospect
from outreach.text.folding import folded_words


def why_excluded(
    prospect: Prospect, exclude: Exclusions, customers: AbstractSet[str] = frozenset()
) -> str | None:
    """Return the reason why the ICP excludes a prospect's account, or None.

    Args:
        prospect: the person; the email's domain counts beside the company's.
        exclude: domains (their subdomains with them) and company names.
        customers: domains, account keys or names of customers.
    """
    company = prospect.company
    domains = {
        domain
        for domain in (_host(company.domain or ""), _host((prospect.email or "").rpartition("@")[2]))
        if domain
    }
    names = {_squashed(name) for name in (company.name, company.raw_name) if name}
    for barred in exclude.domains:
        if any(_is_within(domain, _host(barred)) for domain in domains):
            return f"domain {barred} is excluded"
    for barred in exclude.companies:
        if _squashed(barred) in names - {""}:
            return f"company {barred} is excluded"
    customer_names = {_squashed(customer) for customer in customers} - {""}
    known = (
        {company.key} & customers
        or domains & {_host(customer) for customer in customers}
        or names & customer_names
    )
    return f"{company.name or company.domain} is a customer" if known else None


def _host(text: str) -> str:
    host = text.strip().casefold().removeprefix("https://").removeprefix("http://").partition("/")[0]
    return host.removeprefix("@").removeprefix("www.").rstrip(".")


def _is_within(domain: str, barred: str) -> bool:
    return bool(barred) and (domain == barred or domain.endswith("." + barred))


def _squashed(name: str) -> str:
    return "".join(folded_words(name))
