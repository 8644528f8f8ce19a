"""An email cell in; the address it holds, or why nobody can be written to there, out."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from outreach.intake.links import host_of, is_free_mail
from outreach.intake.tables import load_table
from outreach.text.hidden import has_mixed_scripts

_WRAPPED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_PARTS = re.compile(r"[._+-]+")


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """A read address. `problem` is empty, `bad_email` or `role_email`; `said` is the address even then, to match lists."""

    address: str | None = None
    problem: str = ""
    flags: tuple[str, ...] = ()
    said: str = ""


@lru_cache(maxsize=1024)
def read_email(cell: str) -> EmailAddress:
    """Return the address of a cell: small, without name, `mailto:` and blanks; the first where there are several."""
    text = _bare(cell)
    if not text:
        return EmailAddress() if not cell.strip() else EmailAddress(problem="bad_email")
    local, at, domain = text.rpartition("@")
    host = host_of(domain) if at else None
    if (
        not local
        or host is None
        or host != domain
        or len(local) > 64
        or not _LOCAL.fullmatch(local)
        or host.rpartition(".")[2].isdigit()
    ):
        return EmailAddress(problem="bad_email")
    flags = []
    if has_mixed_scripts(local) or any(has_mixed_scripts(label) for label in domain.split(".")):
        # `pаypal` with a Cyrillic a: another mailbox than it looks.
        flags.append("mixed_scripts")
    if is_free_mail(host):
        flags.append("free_mail")
    if local in _names("never"):
        return EmailAddress(None, "bad_email", tuple(flags), text)
    if _is_role(local):
        return EmailAddress(None, "role_email", tuple(flags), text)
    return EmailAddress(text, "", tuple(flags), text)


def _bare(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).strip().replace("%40", "@")
    if (wrapped := _WRAPPED.search(text)) is not None:
        text = wrapped.group(1)
    text = (
        re.split(r"[;,\s|]+(?=\S*@)|\s*[;,|]\s*$", text.strip())[0]
        if text.count("@") != 1 or text[-1:] in ";,|"
        else text
    )
    text = text.removeprefix("mailto:").removeprefix("MAILTO:").partition("?")[0]
    text = (
        text.strip(" \t\"'<>()[].,;:").casefold()
        if "ß" not in text
        else text.strip(" \t\"'<>()[].,;:").lower()
    )
    return "" if " " in text else text


def _is_role(local: str) -> bool:
    parts = [part for part in _PARTS.split(local) if part]
    named = _names("role")
    if local in named or local.rstrip("0123456789") in named:
        return True
    # `info.es`, `sales-mx`: a function and where.
    return (
        bool(parts)
        and parts[0] in named
        and all(part in named or len(part) == 2 or part.isdigit() for part in parts[1:])
    )


@cache
def _names(table: str) -> frozenset[str]:
    return frozenset(load_table("emails")[table])


def mailbox_key(text: str) -> str | None:
    """Return an address as suppression lists compare it, or None where the text holds no address.

    Small, NFC, without a name or `mailto:` around it, without a plus tag, the domain in its ASCII form (punycode);
    the full stops of Gmail's local parts, which Gmail ignores, are left out.
    """
    local, at, domain = _bare(text).rpartition("@")
    if not at or not local or not domain:
        return None
    domain = ascii_domain(domain)
    local = local.partition("+")[0] or local
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


@lru_cache(maxsize=4096)
def ascii_domain(domain: str) -> str:
    """Return a domain in its ASCII form: `münchen.example` is `xn--mnchen-3ya.example`."""
    domain = unicodedata.normalize("NFC", domain.casefold()).strip(".")
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
