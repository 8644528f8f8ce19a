"""A message to one person of an account, beside its colleagues, in; what exposes, repeats or contradicts another's out."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from outreach.domain.judgement import ContextProspect
from outreach.rubric.account_view import Counted, MemberView
from outreach.rubric.parts import titles
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.person_names import full_names, telling_words
from outreach.text.tokens import split_words

#: How many words from a first name a role, a company or a word such as `colleague` tells who is meant.
_NEAR = 4
#: Two sentences are about the same thing when they share this much of the shorter one's content words, and so many.
_SAME_SHARE, _SAME_LEAST = 0.75, 3
_EVIDENCE = "People of one company compare what they were sent; practice."


@check("account.names", defect=None, dimension="safety", languages=None, scope="batch",
       about="A message does not name a colleague who is written to as well.", evidence=_EVIDENCE,
       example="Theo in RevOps may know more.", fixed="Whoever looks after the CRM may know more.")  # fmt: skip
def names_colleague(seen: MemberView) -> Iterator[Note]:
    """Flag the full name of a colleague, or a first or last name with what tells who is meant."""
    view = seen.view
    for person in seen.colleagues.people:
        span = _named(view, person, seen.told.prospect)
        if span is None:
            continue
        first, last = span
        yield Note(
            "names a colleague of the reader who is written to as well",
            "leave the name out",
            view.words.starts[first],
            view.words.ends[last - 1],
        )


def _named(view: View, person: ContextProspect, reader: ContextProspect) -> tuple[int, int] | None:
    language = view.language
    own = set(split_words(f"{reader.first_name} {reader.last_name} {view.context.sender.name}", language))
    if split_words(person.first_name + person.last_name, language) == split_words(
        reader.first_name + reader.last_name, language
    ):
        return None  # a namesake: the reader is greeted by that name
    whole = full_names(view.words.folded, person.first_name, person.last_name, language)
    if whole:
        return whole[0]
    for at, folded in enumerate(view.words.folded):
        word = folded.removesuffix("'s")
        if not view.words.raw[at][:1].isupper() or word in own:
            continue
        if word in telling_words(person.last_name, language) and at and view.words.folded[at - 1] in titles():
            return at - 1, at + 1
        if word in split_words(person.first_name, language)[:1] and _tells_who(view, at, word, person):
            return at, at + 1
    return None


def _tells_who(view: View, at: int, word: str, person: ContextProspect) -> bool:
    """Say whether what stands near a first name makes it this colleague. A name out of a fact or claim is somebody else's."""
    lists = view.lists
    if lists is not None and word in lists.words["stop"]:
        return False  # `Will`, `May`: a word first of all
    if any(word in source.folded for source in view.ground.of_kind("fact", "claim")):
        return False
    sentence = view.sentence(view.words.sentence_of[at])
    low, high = max(sentence.first, at - _NEAR), min(sentence.last, at + _NEAR + 1)
    near = {
        folded.removesuffix("'s") for folded in view.words.folded[low:at] + view.words.folded[at + 1 : high]
    }
    known = {part for part in split_words(f"{person.role} {person.company}", view.language) if len(part) > 1}
    if lists is not None:
        known = (known - lists.words["stop"]) | lists.words["beside_name"]
    return bool(near & known)


@check("account.says", defect=None, dimension="safety", scope="batch",
       about="A message does not say that a colleague is written to.", evidence=_EVIDENCE,
       example="I have also written to your CFO.", fixed="Would a page for your CFO help?")  # fmt: skip
def says_written(seen: MemberView) -> Iterator[Note]:
    """Flag that somebody else of the company was written to, or answered."""
    view = seen.view
    for hit in view.phrases.get("account_wrote", []):
        start, end = view.span(hit)
        if not view.is_quoted(start):
            yield Note(
                "says that a colleague is written to as well", "leave it out: colleagues compare", start, end
            )
            return


@check("account.alike", defect=None, dimension="structure", languages=None, scope="batch",
       about="Two people of an account do not get one message.", evidence=_EVIDENCE,
       example="the same text with another first name", fixed="another opening, another thought")  # fmt: skip
def alike(seen: MemberView) -> Iterator[Note]:
    """Flag a message that is nearly one that a colleague gets."""
    body, limit = seen.view.raw, seen.rubric.limits.account_ratio
    for other in seen.colleagues.before:
        for step in other.record.steps:
            ratio = fuzz.token_sort_ratio(body, step.body, score_cutoff=limit)
            if ratio:
                message = f"alike step {step.step} to a colleague ({other.record.id}): {ratio:.0f} of 100"
                yield Note(message, "say it in another way, or say something else", quote=body[:80])
                return


@check("account.opening", defect=None, dimension="structure", languages=None, scope="batch",
       about="Two people of an account are not opened with the same fact.", evidence=_EVIDENCE,
       example="I saw the six openings in Lisbon: to both", fixed="a fact or thought of the reader's own role")  # fmt: skip
def same_opening(seen: MemberView) -> Iterator[Note]:
    """Flag a first message that rests on a fact that a colleague's first message rests on."""
    if seen.at:
        return
    for other in seen.colleagues.before:
        if seen.told.opening and seen.told.opening == other.opening:
            yield Note(f"opens on the same fact as the first message to a colleague ({other.record.id})",
                       "open on something else: another fact, or a problem of this role")  # fmt: skip
            return


@check("account.asks", defect=None, dimension="structure", severity="warn", languages=None, scope="batch",
       about="A reader is not asked about somebody whom we write to already.", evidence=_EVIDENCE,
       example="Does your VP Sales look at this?", fixed="Who looks at this on your side?")  # fmt: skip
def asks_about_colleague(seen: MemberView) -> Iterator[Note]:
    """Warn where a question speaks of the position of a colleague. To ask who looks after something is fine."""
    view = seen.view
    own = split_words(seen.told.prospect.role, view.language)
    for person in seen.colleagues.people:
        role = split_words(person.role, view.language)
        if not role or role == own or (len(role) == 1 and not person.role.strip().isupper()):
            continue
        for at in range(len(view.words) - len(role) + 1):
            sentence = view.sentence(view.words.sentence_of[at])
            if view.words.folded[at : at + len(role)] == role and "?" in sentence.mark:
                yield Note("asks about a colleague whom we write to already", "ask who looks after it, or about the reader's own part",
                           view.words.starts[at], view.words.ends[at + len(role) - 1])  # fmt: skip
                return


@check("account.figures", defect=None, dimension="grounding", languages=None, scope="batch",
       about="Two people of an account are not told different figures for the same thing.", evidence=_EVIDENCE,
       example="six openings to one, seven to the other", fixed="the figure that is right, to both")  # fmt: skip
def other_figures(seen: MemberView) -> Iterator[Note]:
    """Flag a sentence that says what a colleague is told, with another figure."""
    mine = [found for found in seen.told.counted if found[2] in seen.view.text]
    for other in seen.colleagues.before:
        for ours in mine:
            theirs = next((one for one in other.counted if _contradict(ours, one)), None)
            if theirs is not None and not (_both_hold(seen.view, ours, theirs)):
                yield Note(f"another figure than a colleague is told ({other.record.id}): {theirs[2].strip()[:120]}",
                           "find out which is right, and say it to both or to none", quote=ours[2].strip()[:120])  # fmt: skip
                return


def _contradict(ours: Counted, theirs: Counted) -> bool:
    stems, numbers, _ = ours
    others, counted, _ = theirs
    shared = len(stems & others)
    if shared < _SAME_LEAST or shared < _SAME_SHARE * min(len(stems), len(others)):
        return False
    said, told = {number.value for number in numbers}, {number.value for number in counted}
    return len(numbers) == len(counted) and said != told


def _both_hold(view: View, ours: Counted, theirs: Counted) -> bool:
    """Say whether both sets of figures stand in the reader's own ground truth: then they are figures of two things."""
    known = {number.value for source in view.ground.of_kind("fact", "claim") for number in source.numbers}
    return {n.value for n in ours[1]} | {n.value for n in theirs[1]} <= known
