"""The user's list of hosts that may get a key because a workspace file says so; one host a line, in the config folder."""

import os
from collections.abc import Mapping
from pathlib import Path

from outreach.errors import FileError
from outreach.llm.addresses import parse_address
from outreach.workspace.writing import write_atomically

_NAME = "trusted-hosts"
_HEADER = "# Hosts that may be sent a key from the environment when a workspace's base_url names them.\n"


def config_folder(environment: Mapping[str, str]) -> Path:
    """Return the user's config folder: OUTREACH_CONFIG_DIR, else XDG_CONFIG_HOME/outreach, else ~/.config/outreach."""
    if own := environment.get("OUTREACH_CONFIG_DIR"):
        return Path(own)
    shared = environment.get("XDG_CONFIG_HOME", "")
    # The XDG rules say that a relative path is to be ignored; it would make trust depend on the current folder.
    if shared and Path(shared).is_absolute():
        return Path(shared) / "outreach"
    return Path(environment.get("HOME") or Path.home()) / ".config" / "outreach"


def trusted_hosts(folder: Path) -> frozenset[str]:
    """Return the trusted hosts; none where there is no list. Raises FileError when the list cannot be read."""
    path = folder / _NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError):
        raise FileError(
            "the list of trusted hosts cannot be read", where=path, hint="check or delete the file"
        ) from None
    return frozenset(host for line in lines if (host := line.split("#")[0].strip().lower()))


def trust_url(url: str, environment: Mapping[str, str] | None = None) -> tuple[str, Path]:
    """Add an endpoint's host to the list; return the host as it is compared, and the file.

    Args:
        url: a base URL, or a host: the host alone counts, with its port where that is unusual.
        environment: variables that place the config folder; None: the process's own.

    Raises:
        FileError: it is no host or URL, or the list cannot be written.
    """
    host = parse_address(url if "://" in url else f"https://{url}").host
    folder = config_folder(os.environ if environment is None else environment)
    path = folder / _NAME
    if host not in trusted_hosts(folder):
        old = path.read_text(encoding="utf-8") if path.exists() else _HEADER
        _write_private(folder, f"{old.rstrip()}\n{host}\n")
    return host, path


def untrust_host(folder: Path, host: str) -> bool:
    """Take a host off the list; return whether it stood there."""
    path = folder / _NAME
    if host.lower() not in trusted_hosts(folder):
        return False
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines()
        if line.split("#")[0].strip().lower() != host.lower()
    ]  # fmt: skip
    _write_private(folder, "\n".join(kept) + "\n")
    return True


def _write_private(folder: Path, text: str) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"cannot be made: {error.strerror or error}", where=folder,
                        hint="set OUTREACH_CONFIG_DIR to a folder of yours") from None  # fmt: skip
    write_atomically(folder / _NAME, text)
