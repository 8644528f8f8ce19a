"""The name of a table that ships with this room in; its content out, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return `data/<name>.toml` as plain values. Callers never change what they get."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
