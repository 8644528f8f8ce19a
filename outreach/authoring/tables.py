"""The name of a table that ships with this room in; its content out, read once."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return `data/<name>.toml` as plain values. Callers never change what they get."""
    source = resources.files("outreach.authoring") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
