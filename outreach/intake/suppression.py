"""Lists of people and firms that must not be written to in; whether somebody is on them, and why, out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from outreach.errors import FileError
from outreach.intake.companies import read_company
from outreach.intake.emails import ascii_domain, mailbox_key
from outreach.intake.links import host_of, profile_slug
from outreach.intake.side_tables import read_side_table

_TYPES = ("email", "domain", "linkedin", "company")


class Suppression:
    """People and firms to leave alone. Compared by what an address reaches, not by how it is written."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._reasons: dict[str, str] = {}

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
        """Add a list with the columns type (email, domain, linkedin, company) and value, and an optional reason."""
        for line, row in read_side_table(path, ("type", "value"), "suppression list"):
            kind = row["type"].casefold()
            key = self.key(kind, row["value"])
            if kind not in _TYPES or key is None:
                what = f"{row['value']!r} is no {kind}" if kind in _TYPES else f"unknown type {row['type']!r}"
                raise FileError(what, where=path, line=line, hint=f"type is one of {', '.join(_TYPES)}; every line must be understood")
            self._reasons[key] = row.get("reason") or "on the suppression list"

    def add_customers(self, path: Path) -> None:
        """Add customers, by domain and name: they are no prospects."""
        for _line, row in read_side_table(path, ("company",), "customers file"):
            for kind in ("domain", "company"):
                key = self.key(kind, row.get(kind, ""))
                if key is not None:
                    self._reasons.setdefault(key, "a customer")

    @staticmethod
    def key(kind: str, value: str) -> str | None:
        """Return how a value is compared, or None where it is no such value."""
        if kind == "email":
            mailbox = mailbox_key(value)
            return f"mail:{mailbox}" if mailbox else None
        if kind == "domain":
            host = host_of(value.rpartition("@")[2])
            return f"domain:{ascii_domain(host)}" if host else None
        if kind == "linkedin":
            slug = profile_slug(value) or (value.strip().casefold() if value.strip().replace("-", "").isalnum() else None)
            return f"in:{slug}" if slug else None
        name = read_company(value).key
        return f"name:{name}" if name else None

    def match(
        self, *, email: str | None = None, linkedin_url: str | None = None, company: str | None = None,
        domain: str | None = None,
    ) -> str | None:  # fmt: skip
        """Return the reason why somebody must not be written to, or None. A domain covers its subdomains."""
        keys = [self.key("email", email or ""), self.key("linkedin", linkedin_url or ""), self.key("company", company or "")]
        keys += [f"domain:{host}" for given in (email, domain) if given for host in _hosts(given)]
        return next((self._reasons[key] for key in keys if key in self._reasons), None)


def _hosts(text: str) -> Sequence[str]:
    """Return the host of an address or URL and every domain above it."""
    host = host_of(text.strip().rpartition("@")[2].rstrip("> "))
    if host is None:
        return ()
    labels = ascii_domain(host).split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
