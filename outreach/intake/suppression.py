"""Lists of people and firms that must not be written to in; whether somebody is on them, and why, out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from outreach.domain.people import Prospect
from outreach.errors import FileError
from outreach.intake.companies import company_key, read_company
from outreach.intake.decoding import detect_encoding
from outreach.intake.emails import ascii_domain, mailbox_key
from outreach.intake.headers import known_headers
from outreach.intake.links import company_domain, company_page, host_of, lead_id, profile_slug
from outreach.intake.side_tables import read_fields, read_side_table
from outreach.text.tokens import split_words

_TYPES = ("email", "domain", "linkedin", "company", "person")
#: Other words that lists use for the types.
_SYNONYMS = {"e-mail": "email", "mail": "email", "email address": "email", "website": "domain", "url": "domain", "host": "domain",
             "linkedin url": "linkedin", "linkedin_url": "linkedin", "profile": "linkedin", "company name": "company",
             "account": "company", "organization": "company"}  # fmt: skip
_DEFAULT_REASON = "on the suppression list"


class Suppression:
    """People and firms to leave alone. Compared by what an address reaches, not by how it is written."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._reasons: dict[str, str] = {}

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._reasons)

    @classmethod
    def read(cls, files: Iterable[Path], customers: Path | None = None) -> Self:
        """Read the lists. Raises FileError when one is missing or cannot be read whole: it is never taken as empty."""
        found = cls()
        for path in files:
            found.add_file(path)
        if customers is not None:
            found.add_customers(customers)
        return found

    def add_file(self, path: Path) -> None:
        """Add a list: columns type, value and reason; or an export with its own columns; or one entry a line.

        Raises:
            FileError: the file is missing or empty, or a line is no entry.
        """
        lines = _first_lines(path)
        cells = _split(lines[0])
        if {"type", "value"} <= {cell.casefold() for cell in cells}:
            for line, row in read_side_table(path, ("type", "value"), "suppression list"):
                self._add(row["type"].casefold(), row["value"], row.get("reason", ""), path, line)
        elif known_headers(cells) and not any(_looks_like_entry(cell) for cell in cells):
            self._add_export(path)
        else:
            self._add_lines(path)

    def _add_export(self, path: Path) -> None:
        """Add the people of an export: by mailbox and profile; a firm only where no person is named."""
        for line, row in read_fields(path, "suppression list"):
            people = [("email", row.get("email", "")), ("linkedin", row.get("linkedin_url", ""))]
            firms = [
                ("domain", row.get("company_domain") or row.get("website", "")),
                ("company", row.get("company", "")),
            ]
            named = [(kind, value) for kind, value in people if value]
            for kind, value in named or [(kind, value) for kind, value in firms if value]:
                self._add(kind, value, row.get("notes", ""), path, line)

    def _add_lines(self, path: Path) -> None:
        """Add one entry a line, of whatever kind it looks like; lines that begin with # are remarks."""
        encoding = detect_encoding(path)
        with path.open(encoding=encoding.name, errors=encoding.errors) as handle:
            for line, text in enumerate(handle, 1):
                cells = _split(text)
                if not cells[0] or cells[0].startswith("#"):
                    continue
                if len(cells) > 1 and _type_of(cells[0]) in _TYPES:
                    self._add(cells[0], cells[1], cells[2] if len(cells) > 2 else "", path, line)
                else:
                    self._add(_kind_of(cells[0]), cells[0], "", path, line)

    def _add(self, kind: str, value: str, reason: str, path: Path, line: int) -> None:
        kind = _type_of(kind)
        key = self.key(kind, value)
        if kind not in _TYPES or key is None:
            what = f"{value!r} is no {kind}" if kind in _TYPES else f"unknown type {kind!r}"
            hint = f"type is one of {', '.join(_TYPES)}; every line must be understood"
            raise FileError(what, where=path, line=line, hint=hint)
        self._reasons.setdefault(key, reason or _DEFAULT_REASON)

    def add_customers(self, path: Path) -> None:
        """Add customers, by domain and name: they are no prospects. Raises FileError where no line names a firm."""
        before = len(self)
        for _line, row in read_fields(path, "customers file"):
            said = row.get("company_domain") or row.get("website") or row.get("email", "")
            domain = company_domain(said) if said else None
            for key in (self.key("domain", domain or ""), self.key("company", row.get("company", ""))):
                if key is not None:
                    self._reasons.setdefault(key, "a customer")
        if len(self) == before and len(_first_lines(path)) > 1:
            raise FileError(
                "no line names a customer", where=path, line=1, hint="its columns: company, domain"
            )

    @staticmethod
    def key(kind: str, value: str) -> str | None:
        """Return how a value is compared, or None where it is no such value."""
        if kind == "email":
            if value.lstrip().startswith("@"):
                return Suppression.key("domain", value)
            mailbox = mailbox_key(value)
            return f"mail:{mailbox}" if mailbox else None
        if kind == "domain":
            host = host_of(value.rpartition("@")[2])
            return f"domain:{ascii_domain(host)}" if host else None
        if kind == "linkedin":
            return _linkedin_key(value)
        if kind == "person":
            name, _, company = value.rstrip(" )").rpartition("(")
            return _person_key(name, company)
        page = company_page(value)
        name = company_key(read_company(value).name)
        return f"page:{page}" if page else f"name:{name}" if name else None

    def matches(self, prospect: Prospect, others: Iterable[str] = ()) -> str | None:
        """Return why a prospect must not be written to, or None.

        Args:
            prospect: the person.
            others: what else the list says of them: a second or a role address, a Sales Navigator lead.
        """
        company = prospect.company
        keys = [
            *(self.key("email", text) for text in (prospect.email or "", *others) if "@" in text),
            *(
                _linkedin_key(text)
                for text in (prospect.linkedin_url or "", *others)
                if "linkedin." in text.lower()
            ),
            *(
                f"name:{company_key(name)}"
                for name in {company.name, read_company(company.raw_name).name}
                if name
            ),
            f"page:{company.linkedin_url}" if company.linkedin_url else None,
            _person_key(f"{prospect.first_name} {prospect.last_name}", company.name or company.raw_name),
        ]
        hosts = [
            text
            for text in (prospect.email or "", company.domain or "", *(o for o in others if "@" in o))
            if text
        ]
        return self._first(keys, hosts)

    def match(
        self, *, email: str | None = None, linkedin_url: str | None = None, company: str | None = None,
        domain: str | None = None, name: str | None = None,
    ) -> str | None:  # fmt: skip
        """Return the reason why somebody must not be written to, or None. A domain covers its subdomains."""
        keys = [
            self.key("email", email or ""),
            _linkedin_key(linkedin_url or ""),
            self.key("company", company or ""),
            _person_key(name or "", company or ""),
        ]
        return self._first(keys, [text for text in (email, domain) if text])

    def holds(self, kind: str, value: str) -> bool:
        """Say whether exactly this entry stands on the list."""
        return self.key(kind, value) in self._reasons

    def _first(self, keys: Iterable[str | None], hosts: Iterable[str]) -> str | None:
        if not self._reasons:
            return None
        found = [key for key in keys if key] + [f"domain:{host}" for text in hosts for host in _hosts(text)]
        return next((self._reasons[key] for key in found if key in self._reasons), None)


def _person_key(name: str, company: str) -> str | None:
    """Return how `Ana García (Cargolia)` is compared: whoever opts out is left alone also at another address."""
    words, firm = split_words(name, "en"), company_key(read_company(company).name) if company.strip() else ""
    return f"person:{' '.join(words)}|{firm}" if len(words) > 1 and firm else None


def _linkedin_key(value: str) -> str | None:
    slug, lead, page = profile_slug(value), lead_id(value), company_page(value)
    if slug:
        return f"in:{slug.casefold()}"
    if lead:
        return f"lead:{lead.casefold()}"
    if page:
        return f"page:{page}"
    bare = value.strip().casefold().strip("/@")
    return f"in:{bare}" if bare and bare.replace("-", "").isalnum() else None


def _type_of(word: str) -> str:
    folded = word.strip().casefold()
    return _SYNONYMS.get(folded, folded)


def _kind_of(entry: str) -> str:
    if "linkedin." in entry.lower():
        return "company" if company_page(entry) else "linkedin"
    if "@" in entry:
        return "email"
    return "domain" if host_of(entry) is not None and " " not in entry else "company"


def _looks_like_entry(cell: str) -> bool:
    return "@" in cell or "linkedin." in cell.lower() or (host_of(cell) is not None and " " not in cell)


def _first_lines(path: Path) -> list[str]:
    """Return the first lines that say anything. Raises FileError where there is none: an unreadable list is not empty."""
    if not path.is_file():
        hint = "make it, or take its name out of the workspace's files"
        raise FileError("the suppression list is missing", where=path, hint=hint)
    encoding = detect_encoding(path)
    with path.open(encoding=encoding.name, errors=encoding.errors) as handle:
        return [line for line in (handle.readline(100_000) for _ in range(20)) if line.strip()]


def _split(line: str) -> list[str]:
    return [cell.strip(' "\r\n\ufeff') for cell in line.replace(";", ",").replace("\t", ",").split(",")]


def _hosts(text: str) -> Sequence[str]:
    """Return the host of an address or URL and every domain above it."""
    host = host_of(text.strip().rpartition("@")[2].rstrip("> "))
    if host is None:
        return ()
    labels = ascii_domain(host).split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
