"""A text that a model wrote in; the JSON values in it out: prose and code fences around them are skipped."""

import json
import re
from collections.abc import Iterator
from typing import Any

_OPENING = re.compile(r"[{\[]")
#: Openings tried in one text: an answer has a few dozen, and no answer may cost time without end.
_MAX_TRIES = 400


def json_values(text: str) -> Iterator[Any]:
    """Yield the JSON values that begin at a brace or bracket, outermost first."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_MAX_TRIES):
        match = _OPENING.search(text, at)
        if match is None:
            return
        try:
            value, at = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            at = match.start() + 1
            continue
        yield value
