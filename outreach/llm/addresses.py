"""A base URL in; its checked form, its host and whether it is this machine out. Nothing is looked up or contacted."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from outreach.errors import FileError

#: What a base URL may be made of. No user, query, fragment, backslash or escape: what we check is what is contacted.
_BASE_URL = re.compile(r"(?i)https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:/[a-z0-9._~/-]*)?")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Address:
    """A checked base URL: no trailing slash, host in lower case."""

    url: str
    host: str
    loopback: bool


def parse_address(base_url: str, *, where: str | None = None) -> Address:
    """Check a base URL. Raises FileError when it is no plain http(s) URL, or is http beyond this machine.

    Args:
        base_url: `https://host[:port][/path]`, up to but without `/chat/completions`.
        where: the file that says so, for the message.
    """
    text = base_url.strip().rstrip("/")
    if not _BASE_URL.fullmatch(text):
        raise FileError(f"base_url is not a plain URL: {_shown(text)!r}", where=where,
                        hint="write https://host/v1, without user, query or key in it")  # fmt: skip
    try:
        parts = urlsplit(text)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except ValueError:
        raise FileError(
            f"base_url is not a plain URL: {_shown(text)!r}", where=where, hint="check host and port"
        ) from None
    if parts.path.endswith("/chat/completions"):
        raise FileError("base_url names one endpoint", where=where,
                        hint=f"leave the end out: {text.removesuffix('/chat/completions')}")  # fmt: skip
    name = parts.hostname or ""
    host = name if port == _DEFAULT_PORTS[parts.scheme] else f"{name}:{port}"
    address = Address(f"{parts.scheme}://{parts.netloc.lower()}{parts.path}", host, is_loopback(name))
    if parts.scheme == "http" and not address.loopback:
        raise FileError(f"base_url would send prospects and key unencrypted to {host}", where=where,
                        hint="use https, or reach the machine through a tunnel and name localhost")  # fmt: skip
    return address


def is_loopback(hostname: str) -> bool:
    """Return whether a host name is this machine: localhost, 127.0.0.0/8 or ::1, written plainly."""
    if hostname == "localhost" or hostname.endswith(".localhost"):
        return True
    try:
        return ip_address(hostname).is_loopback
    except ValueError:
        return False


def _shown(text: str) -> str:
    """Return a URL as it may be shown: what stands before an @ or after a ? could be a secret."""
    return re.sub(r"//[^/]*@", "//…@", re.split(r"[?#]", text, maxsplit=1)[0])[:120]
