"""An industry as a list says it in; our group, such as `software`, out."""

from functools import lru_cache

from outreach.intake.tables import load_table
from outreach.text.folding import folded_words, has_phrase


@lru_cache(maxsize=2048)
def industry_group(text: str) -> str | None:
    """Return the group whose words stand in the industry, or None. HubSpot's `IT_SERVICES` reads as words too."""
    words = folded_words(text.replace("_", " "))
    if not words:
        return None
    best, longest = None, 0
    for group, phrases in load_table("industries")["groups"].items():
        for phrase in (group.replace("_", " "), *phrases):
            if len(phrase) > longest and has_phrase(words, phrase):
                best, longest = group, len(phrase)
    return best
