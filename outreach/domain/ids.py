"""Any JSON value in; a stable id out: canonical JSON, sha256, and a prefix that names the kind and version."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel


def canonical_json(value: Any) -> str:
    """Return the one JSON text of a value: keys sorted, no spaces, no NaN, non-ASCII kept as it is."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    msg = f"not a JSON value: {type(value).__name__}"
    raise TypeError(msg)


def content_hash(value: Any) -> str:
    """Return the sha256 of a value's canonical JSON, 64 hex digits. Lone surrogates hash as U+FFFD."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "replace")).hexdigest()


def make_id(prefix: str, value: Any) -> str:
    """Return `prefix` + 16 hex digits of the content hash, such as `o1_3f…`: 64 bits, enough below 10^8 records."""
    return f"{prefix}_{content_hash(value)[:16]}"
