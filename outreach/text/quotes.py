"""A text in; the spans that stand in quotation marks out: what stands there is not said in the writer's own voice."""

import re

_QUOTES = {"“": "”", "«": "»", "„": "“", '"': '"', "‹": "›", "‘": "’"}
#: What may open a quotation: a quotation mark, or a straight one before a capital and not within a word.
_OPENING = re.compile(r"[“«„\"‹‘]|(?<![^\W_])'(?=[^\W\d_])")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans between quotation marks, within one paragraph and of at most 200 characters."""
    found: list[tuple[int, int]] = []
    stop = -1
    for match in _OPENING.finditer(text):
        at, char = match.start(), match.group()
        if at <= stop or (char == "'" and not text[at + 1].isupper()):
            continue
        close = text.find(_QUOTES.get(char, "'"), at + 1, at + 202)
        if char == "„" and close < 0:
            close = text.find("”", at + 1, at + 202)
        if close > 0 and "\n\n" not in text[at:close]:
            found.append((at, close + 1))
            stop = close
    return found
