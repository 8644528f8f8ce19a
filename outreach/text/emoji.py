"""A text in; its emojis out, each flag, keycap or joined sequence as one."""

import re

_ONE = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2b1b\u2b1c\u2934\u2935\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u3030\u303d\u3297\u3299\u203c\u2049]"
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f|[0-9#*]\ufe0f?\u20e3"
    f"|{_ONE}[\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d{_ONE}[\ufe0f\U0001f3fb-\U0001f3ff]*)*|[\u00a9\u00ae\u2122\u2139\u2194-\u21aa]\ufe0f"
)
#: Dingbats that are typed as punctuation: ticks, arrows and bullets in a list are no emojis.
_TYPED = frozenset("✓✔✗✘✦✧✱✲✳➔➜➝➞➤➢❯❮✎✏✒❖☐☑☒★☆♪♫♀♂☎☏✆✉")


def find_emoji(text: str) -> list[tuple[int, int]]:
    """Return the spans of the emojis of a text."""
    if text.isascii():
        return []
    return [match.span() for match in _EMOJI.finditer(text) if match.group() not in _TYPED]
