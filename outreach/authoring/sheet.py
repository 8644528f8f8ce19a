"""Nothing in; what a form, a source text and a model have in common out: answers by question, each with where it was read."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Item:
    """One answer. `quote` is the source's own wording; empty where a person said it or it was worked out."""

    text: str
    quote: str = ""
    #: The further fields of a row, such as a claim's proof.
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Why it is what it is, where that is neither an answer nor a quote.
    note: str = ""

    def part(self, name: str) -> str:
        """Return the first text of a field, or an empty one."""
        return next(iter(self.parts.get(name, ())), "")


#: Answers by the id of their question. A question without an answer is not in it.
Sheet = dict[str, tuple[Item, ...]]


@dataclass(frozen=True)
class Reading:
    """What was read from a source: the answers, and what was found but not taken, with the reason."""

    sheet: Sheet
    dropped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def first(sheet: Sheet, question: str) -> str:
    """Return the first answer's text, or an empty one."""
    return next((item.text for item in sheet.get(question, ())), "")


def texts(sheet: Sheet, question: str) -> list[str]:
    """Return the texts of a question's answers."""
    return [item.text for item in sheet.get(question, ())]


def once_each(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items whose text is not there already, in any case and spacing."""
    seen: dict[str, Item] = {}
    for item in items:
        seen.setdefault(
            " ".join(item.text.casefold().split()), replace(item, text=" ".join(item.text.split()))
        )
    return tuple(item for key, item in seen.items() if key)
