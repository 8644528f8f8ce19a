"""A text a prospect wrote in; the reasons why it looks like an instruction to a machine out. Advice to a person, not a wall."""

import re
from functools import lru_cache

from outreach.intake.tables import load_table

_MIN_CHARS = 12


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    table = load_table("suspicion")
    slots = {name: "|".join(words) for name, words in table["words"].items()}

    def filled(pattern: str) -> str:
        for name, words in slots.items():
            pattern = pattern.replace(f"<{name}>", f"(?:{words})")
        return pattern

    return [(entry["reason"], re.compile(filled(entry["pattern"]), re.IGNORECASE)) for entry in table["patterns"]]


def suspicious(text: str) -> list[str]:
    """Return why a text looks like an instruction to a language model, each reason once; empty for most texts."""
    if len(text) < _MIN_CHARS:
        return []
    flat = re.sub(r"\s+", " ", text)
    return list(dict.fromkeys(reason for reason, pattern in _patterns() if pattern.search(flat)))
