"""A URL or host as lists write them in; a canonical LinkedIn address or a firm's own domain out."""

import re
import unicodedata
from functools import cache, lru_cache
from urllib.parse import unquote

from outreach.intake.tables import load_table

_LINKEDIN = r"(?<![\w.-])(?:[a-z]{1,3}\.|www\.)?linkedin\.com/(?:mwlite/)?"
_PROFILE = re.compile(_LINKEDIN + r"in/([^/?#\s<>\"',;|]+)", re.IGNORECASE)
_COMPANY = re.compile(_LINKEDIN + r"(company|school|showcase)/([^/?#\s<>\"',;|]+)", re.IGNORECASE)
_LEAD = re.compile(_LINKEDIN + r"sales/(?:lead|people)/([A-Za-z0-9_-]+)", re.IGNORECASE)
#: Ids of members: unlike names, they tell capitals from small letters.
_MEMBER_ID = re.compile(r"AC[owr]AA[A-Za-z0-9_-]{6,}")
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?/{0,2}(?:[^@/?#\s]*@)?([^\s/?#:,;|]+)", re.IGNORECASE)
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
#: Second-level labels under which countries sell names: `acme.co.uk`, `acme.com.br`.
_PUBLIC_LABELS = frozenset(
    {
        "co",
        "com",
        "org",
        "net",
        "edu",
        "ac",
        "gob",
        "gov",
        "or",
        "ne",
        "go",
        "ltd",
        "plc",
        "me",
        "nom",
        "ind",
        "srl",
    }
)


@lru_cache(maxsize=4096)
def profile_slug(text: str) -> str | None:
    """Return the name of a LinkedIn profile in a URL as it is compared, or None; Sales Navigator leads have none."""
    match = _PROFILE.search(text)
    return None if match is None else _slug(match.group(1))


def profile_url(text: str) -> str | None:
    """Return `https://www.linkedin.com/in/SLUG` for a profile's URL in any of its spellings, else None."""
    slug = profile_slug(text)
    return None if slug is None else f"https://www.linkedin.com/in/{slug}"


def company_page(text: str) -> str | None:
    """Return `https://www.linkedin.com/company/SLUG` for a company page's URL, else None."""
    match = _COMPANY.search(text)
    slug = _slug(match.group(2)) if match else None
    return f"https://www.linkedin.com/{match.group(1).lower()}/{slug}" if match and slug else None


def lead_id(text: str) -> str | None:
    """Return the member id in a Sales Navigator lead's URL, or None."""
    match = _LEAD.search(text)
    return None if match is None else match.group(1)


def _slug(raw: str) -> str | None:
    slug = unicodedata.normalize("NFC", unquote(raw)).strip().strip(".")
    if not any(char.isalnum() for char in slug) or "/" in slug:
        return None
    return slug if _MEMBER_ID.fullmatch(slug) else slug.lower()


@lru_cache(maxsize=4096)
def host_of(text: str) -> str | None:
    """Return the host of a URL, bare domain or address, small, without `www.`; None where there is none."""
    match = _HOST.match(text.strip().lstrip("<(").lower())
    if match is None:
        return None
    host = match.group(1).strip(".").removeprefix("www.")
    labels = host.split(".")
    if (
        len(labels) < 2
        or len(host) > 253
        or not all(_LABEL.fullmatch(label) for label in labels)
        or labels[-1].isdigit()
    ):
        return None
    return host


@lru_cache(maxsize=4096)
def own_domain(host: str) -> str:
    """Return the part of a host that its owner registered: `mail.acme.co.uk` is `acme.co.uk`."""
    labels = host.split(".")
    suffix = 2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _PUBLIC_LABELS else 1
    if ".".join(labels[-2:]) in _mail_hosts("hosting"):
        suffix = 2
    return ".".join(labels[-(suffix + 1) :])


def company_domain(text: str) -> str | None:
    """Return the firm's own domain in a website, domain or address; None for free mail, social networks and the like."""
    host = host_of(text)
    if host is None:
        return None
    domain = own_domain(host)
    if (
        domain in _mail_hosts("free")
        or domain in _mail_hosts("shared_hosts")
        or host in _mail_hosts("shared_hosts")
    ):
        return None
    return domain


def is_free_mail(host: str) -> bool:
    """Tell whether a mail host is open to anybody, so that it says nothing of an employer."""
    return own_domain(host) in _mail_hosts("free")


@cache
def _mail_hosts(name: str) -> frozenset[str]:
    return frozenset(load_table("emails")[name])
