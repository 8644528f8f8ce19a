"""A message in; its links and addresses that are neither the sender's nor in the ground truth out."""

import re

from outreach.rubric.links import EMAIL, host_of
from outreach.rubric.view import View
from outreach.text.tokens import fold


def is_name_in_context(view: View, text: str) -> bool:
    """Say whether a bare domain is the name of a firm in the ground truth, such as Kelpwright.io."""
    folded = text.casefold()
    prospect, sender = view.context.prospect, view.context.sender
    return (
        any(folded in name.casefold() for name in (prospect.company, sender.company) if name)
        or folded in view.ground.text.casefold()
    )


def foreign_links(view: View) -> list[tuple[int, int]]:
    """Return the links and addresses whose domain is neither the sender's nor in the ground truth."""
    found = []
    for start, end, bare in view.links:
        address = view.text[start:end]
        if bare and is_name_in_context(view, address):
            continue
        if not _is_own(view, host_of(address)):
            found.append((start, end))
    if "@" in view.text:
        found.extend(
            match.span()
            for match in EMAIL.finditer(view.text)
            if not _is_own(view, match.group().rpartition("@")[2]) and match.group() not in view.ground.text
        )
    return found


def _is_own(view: View, host: str) -> bool:
    if any(host == domain or host.endswith("." + domain) for domain in view.rubric.allowed_domains):
        return True
    if host and host in view.ground.text.casefold():
        return True
    if not host.isascii():
        return False
    labels = [fold(label) for label in host.split(".")[:-1]]
    for company in (view.context.sender.company, view.context.prospect.company):
        squashed = "".join(char for char in fold(company) if char.isalnum())
        words = [word for word in re.findall(r"[^\W_]+", fold(company)) if len(word) > 3]
        if squashed and any(
            squashed == label
            or (len(label) > 4 and squashed.startswith(label))
            or label in words
            or (len(squashed) > 3 and label.startswith(squashed))
            for label in labels
        ):
            return True
    return False
