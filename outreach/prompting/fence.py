"""Text of others and a call's content in; the text between two unguessable lines out, so that data stays data."""

import hashlib
import hmac
import re

from outreach.domain.ids import canonical_json

_LIKE_A_FENCE = re.compile("fence[0-9a-f]{15}", re.IGNORECASE)


def fence_token(secret: bytes, content: object) -> str:
    """Return the fence of one call: an HMAC of its content under the workspace's secret, 20 letters and digits.

    Whoever writes a profile cannot guess it, yet the same call always gets the same one: cache keys and ids hold.
    """
    text = canonical_json(content).encode("utf-8", "replace")
    return "fence" + hmac.new(secret, text, hashlib.sha256).hexdigest()[:15]


def fenced(token: str, label: str, text: str) -> str:
    """Return the text between two fence lines. Whatever looks like a fence inside it is taken out, also nested ones."""
    while (shorter := _LIKE_A_FENCE.sub("", text)) != text:
        text = shorter
    return f"<{token} {label}>\n{text.strip()}\n</{token}>"


def without_tokens(text: str) -> str:
    """Return a prompt with its fences named alike: those of two variants differ, and that is no difference to a reader."""
    return _LIKE_A_FENCE.sub("fence", text)
