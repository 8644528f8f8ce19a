"""The words of an answer in; the person it names instead of its writer out: a hint, shown to a human and added to nothing."""

import re
from collections.abc import Collection, Iterator

from outreach.domain.replies import NamedPerson
from outreach.intake.tables import load_table
from outreach.text.tokens import Sentence, Words, fold

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?![\w-])")
_MAX_WORDS, _MAX_CHARS = 4, 40


def named_person(words: Words, sentences: Collection[int], known: Collection[str] = ()) -> NamedPerson | None:
    """Return who is named in these sentences, or None.

    Args:
        words: the answer.
        sentences: indices of the sentences that name somebody; the next one is looked at too.
        known: names that are nobody's recommendation: writer, sender, their firms.
    """
    if not sentences:
        return None
    wanted = sorted({at for number in sentences for at in (number, number + 1) if at < len(words.sentences)})
    skip = {fold(part) for name in known for part in name.split()}
    names = [name for at in wanted for name in _names(words, words.sentences[at], skip)]
    mails = _MAIL.findall(words.text)
    own = [mail for mail in mails if not any(part in mail.casefold() for part in skip if len(part) > 3)]
    name = next((name for name in names if " " in name), names[0] if names else "")
    if not name and not own:
        return None
    return NamedPerson(name=name, email=own[0].lower() if own else None)


def _names(words: Words, sentence: Sentence, skip: set[str]) -> Iterator[str]:
    """Yield runs of capitalised words: a full name, or a first name where a word such as `to` or `Herr` leads to it."""
    table = load_table("replies")["names"]
    before, inside, lead = ({fold(word) for word in table[key]} for key in ("before", "inside", "lead"))
    at = sentence.first
    while at < sentence.last:
        if not _may_be_name(words, at):
            at += 1
            continue
        run = [at]
        while run[-1] + 1 < sentence.last and _joined(words, run[-1]):
            following = run[-1] + 1
            small = words.folded[following] in inside and following + 1 < sentence.last
            if not (_may_be_name(words, following) or (small and _may_be_name(words, following + 1))):
                break
            run.append(following)
        at = run[-1] + 1
        led = words.folded[run[0] - 1] in lead if run[0] > sentence.first else False
        while run and words.folded[run[0]] in before:
            led = True
            run = run[1:]
        if run and run[0] == sentence.first and len(run) > 1 and words.folded[run[0]] in lead:
            led, run = True, run[1:]
        if not run or any(words.folded[one] in skip for one in run):
            continue
        single = led and len(run) == 1 and words.language != "de"
        text = " ".join(words.raw[one] for one in run)
        if (len(run) > 1 or single or (led and words.folded[run[0] - 1] in before)) and _is_name(text):
            if words.language == "de" and not led:  # nouns have capitals too
                continue
            yield text


def _may_be_name(words: Words, at: int) -> bool:
    raw = words.raw[at]
    return (
        raw[:1].isupper() and not any(char.isdigit() for char in raw) and not (raw.isupper() and len(raw) > 1)
    )


def _joined(words: Words, at: int) -> bool:
    """Say whether nothing but a space or hyphen, or the full stop of `Sr.`, stands before the next word."""
    gap = words.text[words.ends[at] : words.starts[at + 1]]
    return gap in {" ", "-", ". "} and not (gap == ". " and len(words.raw[at]) > 4)


def _is_name(text: str) -> bool:
    return len(text) <= _MAX_CHARS and text.count(" ") < _MAX_WORDS
