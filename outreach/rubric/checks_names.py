"""Who is addressed: the right name and honorific in the greeting, and the right firm."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from outreach.domain.vocabulary import LANGUAGES
from outreach.rubric.parts import Greeting, titles
from outreach.rubric.proper_names import ProperName, proper_names
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.languages import pack
from outreach.text.tokens import split_words


@check("P1", defect="wrong_name", dimension="grounding", languages=None, protected=True,
       about="The greeting has the prospect's own name, spelled right, with the right honorific; or no name.",
       evidence="Name wrong in 13.5 % of 650 cold mails (B-).", example="Hi Devina, …", fixed="Hi Devika, …")  # fmt: skip
def wrong_name(view: View) -> Iterator[Note]:
    """Flag another name, a misspelled one, or an honorific of the other gender."""
    prospect = view.context.prospect
    greeting = view.parts.greeting
    if not (prospect.first_name or prospect.last_name):
        return
    exact = f"{prospect.honorific} {prospect.first_name} {prospect.last_name}".strip()
    if greeting is not None:
        note = _greeted(view, greeting, exact)
        if note is not None:
            yield note
            return
    yield from _called(view, exact)


def _name_words(view: View) -> set[str]:
    prospect = view.context.prospect
    words = set(split_words(f"{prospect.honorific} {prospect.first_name} {prospect.last_name}", "en"))
    return (
        words
        | {part.removesuffix("'s") for part in words}
        | {part for word in words for part in word.split("'") if part}
    )


def _greeted(view: View, greeting: Greeting, exact: str) -> Note | None:
    words = view.words
    allowed = _name_words(view)
    lists = view.lists or pack("en")
    nobody = lists.words["nobody"] if lists else frozenset()
    hint = f"greet as: {exact}"
    unknown = [at for at in greeting.name if words.folded[at] not in allowed and words.folded[at].removesuffix("'s") not in allowed
               and words.folded[at] not in nobody and not _is_small(words.folded[at])]  # fmt: skip
    for at in unknown:
        word = words.folded[at]
        near = min((OSA.distance(word, other) for other in allowed), default=9)
        if not words.raw[at][0].isupper() and near > 2:
            continue
        if (
            near > 2
            and at == greeting.first
            and words.folded[at + 1 : at + 2] == split_words(view.context.prospect.first_name, "en")[:1]
        ):
            continue  # `Kaixo Leire`: a greeting that we do not know
        if greeting.honorifics and any(word in source.folded for source in view.ground.of_kind("role")):
            continue  # `Senhora Diretora`
        firm = {part for source in view.ground.of_kind("company") for part in source.folded}
        called = (
            view.ground.knows_word(word)
            and _named_in_facts(view, word)
            and not (greeting.honorifics and word in firm)
        )
        if _is_nickname(word, allowed) or called:
            continue
        if not greeting.honorifics and (word in view.ground.company or word in firm):
            continue  # `Hello Fenwick team`; but `Madame Ferrand` is somebody
        what = "misspells the name" if near <= 2 else "greets somebody else"
        return Note(f"{what}: {words.raw[at]}", hint, words.starts[at], words.ends[at])
    return _honorific(view, greeting, hint)


#: Particles of names and letters behind them.
_SMALL_PARTS = frozenset("de da do van von der den la le y e jr sr ii iii phd mba mr ms".split())


def _is_small(word: str) -> bool:
    return len(word) <= 1 or word in _SMALL_PARTS


def _named_in_facts(view: View, word: str) -> bool:
    return any(word in source.folded for source in view.ground.of_kind("fact"))


_SHORT = {
    "alex": "alexander alexandra alejandro alejandra alexandre", "al": "albert alan alfred", "andy": "andrew andreas", "ben": "benjamin", "bill": "william", "will": "william", "bob": "robert",
    "rob": "robert roberto", "bobby": "robert", "cathy": "catherine", "kate": "katherine catherine", "katie": "katherine", "charlie": "charles charlotte", "chris": "christopher christian christine christina",
    "dan": "daniel", "danny": "daniel", "dave": "david", "dick": "richard", "rick": "richard ricardo", "ed": "edward edgar", "eddie": "edward", "ted": "edward theodore", "fred": "frederick friedrich alfred",
    "greg": "gregory", "jack": "john jackson", "jim": "james", "jimmy": "james", "joe": "joseph", "jo": "joanna josephine", "jon": "jonathan", "johnny": "john", "ken": "kenneth", "larry": "lawrence",
    "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth", "lisa": "elisabeth", "maggie": "margaret", "meg": "margaret", "peggy": "margaret", "matt": "matthew", "max": "maximilian maxime maximiliano", "mike": "michael",
    "nick": "nicholas nicolas", "pat": "patrick patricia", "pete": "peter", "phil": "philip phillip philippe", "ron": "ronald", "sam": "samuel samantha", "steve": "steven stephen", "sue": "susan", "tim": "timothy", "tom": "thomas",
    "tony": "anthony antonio", "vicky": "victoria", "pepe": "jose", "paco": "francisco", "pancho": "francisco", "lola": "dolores", "nacho": "ignacio", "chema": "jose", "quique": "enrique", "ze": "jose", "chico": "francisco",
    "beto": "alberto roberto", "hannes": "johannes", "uli": "ulrich ulrike", "sepp": "josef", "toni": "anton antonia", "manu": "manuel manuela emmanuel", "seb": "sebastien sebastian", "fred.": "frederic",
}  # fmt: skip


def _is_nickname(word: str, allowed: set[str]) -> bool:
    return any(full in allowed for full in _SHORT.get(word, "").split())


#: Titles of a woman. `Dr` and `Prof` are both genders' in some language.
_FEMININE_TITLES = frozenset(
    "dre docteure professeure dra doctora profesora profa licenciada lcda ingeniera arquitecta mtra maestra doutora professora engenheira enga arquiteta professorin".split()
)


def gender_of(word: str) -> str | None:
    """Return `m` or `f` for a title of address in any language, None for one that says nothing of it."""
    if word in _FEMININE_TITLES:
        return "f"
    for code in LANGUAGES:
        lists = pack(code)
        if lists and word in lists.words["masculine"]:
            return "m"
        if lists and word in lists.words["feminine"]:
            return "f"
    return None


def _honorific(view: View, greeting: Greeting, hint: str) -> Note | None:
    given = [gender_of(word) for word in split_words(view.context.prospect.honorific, view.language)]
    wanted = next((gender for gender in given if gender), None)
    if wanted is None:
        return None
    places = [*greeting.honorifics, *range(greeting.first, greeting.last)]
    for at in places:
        found = gender_of(view.words.folded[at]) or _adjective_gender(view, at)
        if found is not None and found != wanted:
            return Note(
                f"the wrong honorific: {view.words.raw[at]}", hint, view.words.starts[at], view.words.ends[at]
            )
    return None


_MASCULINE_FORMS = frozenset(
    "estimado querido apreciado distinguido caro prezado geehrter lieber werter cher exmo ilustrisimo".split()
)
_FEMININE_FORMS = frozenset(
    "estimada querida apreciada distinguida cara prezada geehrte liebe werte chere exma ilustrisima".split()
)


def _adjective_gender(view: View, at: int) -> str | None:
    """Return the gender of a greeting's adjective: `Estimada`, `Sehr geehrter`, `Chère`."""
    word = view.words.folded[at]
    if word in _MASCULINE_FORMS:
        return "m"
    return "f" if word in _FEMININE_FORMS else None


def _called(view: View, exact: str) -> Iterator[Note]:
    """Flag a misspelled name where the reader is called between commas further on."""
    allowed = _name_words(view)
    words = view.words
    for at in view.content_tokens:
        raw, word = words.raw[at], words.folded[at]
        if (
            not raw[0].isupper()
            or len(word) < 4
            or word in allowed
            or word in titles()
            or view.ground.knows_word(word)
        ):
            continue
        before = words.text[words.ends[at - 1] : words.starts[at]] if at else ""
        after = words.text[words.ends[at] : words.ends[at] + 1]
        if "," not in before or after not in {",", ".", "?", "!", ""}:
            continue
        near = min((OSA.distance(word, other) for other in allowed if len(other) > 3), default=9)
        if near <= (1 if len(word) < 6 else 2):
            yield Note(f"misspells the name: {raw}", f"write: {exact}", words.starts[at], words.ends[at])
            return


@check("P2", defect="wrong_company", dimension="grounding", languages=None, protected=True,
       about="The prospect's firm is named right or not at all; its usual short form is fine.",
       evidence="Old or wrong firm in a quarter of cold mails (B-).", example="The second line at High Dessert Pecans …", fixed="… at High Desert Pecans …")  # fmt: skip
def wrong_company(view: View) -> Iterator[Note]:
    """Flag a misspelled firm, and another firm in its place."""
    company = view.context.prospect.company
    if not company:
        return
    for words, in_body in ((view.words, True), (view.subject_words, False)):
        found = _misspelled(view, words.raw, words.folded, {s.first for s in words.sentences})
        if found is not None:
            first, last = found
            yield Note(f"misspells the firm: {words.span_text(first, last)}", f"write: {company}",
                       *((words.starts[first], words.ends[last - 1]) if in_body else (-1, -1)), quote=words.span_text(first, last))  # fmt: skip
            return
    row = _half_replaced(view)
    if row is not None:
        first, last = row
        yield Note(f"another firm in the prospect's place: {view.words.span_text(first, last)}", f"write: {company}",
                   view.words.starts[first], view.words.ends[last - 1])  # fmt: skip
        return
    yield from _replaced(view, company)


#: Small words inside names: `Sol do Cariri`, `Bank of Leith`.
_SMALL_IN_NAMES = frozenset(
    "de d' do da dos das del la las los el of the and & y e et du des von der di".split()
)


def _half_replaced(view: View) -> tuple[int, int] | None:
    """Return a name that begins as the firm's does and goes on with another: `Biomed Vesdre` for `Biomed Ourthe`.

    The firm's first word alone is its usual short form; a customer that the ground truth names is no mistake.
    """
    company = [word for word in view.ground.company if word not in _SMALL_IN_NAMES]
    generic = view.lists.words["generic"] if view.lists else frozenset[str]()
    while len(company) > 2 and company[0] in generic:
        company.pop(0)  # `Estúdio Capivara Atômica` is called by its second word
    if len(company) < 2 or len(company[0]) < 3:
        return None
    for at in view.content_tokens:
        if view.words.raw[at][0].isupper() and _is_form_of(view.words.folded[at], company[0]):
            last = _goes_on_otherwise(view, at, company)
            if last is not None:
                return at, last
    return None


def _is_form_of(word: str, first: str) -> bool:
    """Say whether a word is a firm's first word, if inflected: `Autohauses`, `Grandes`."""
    if word == first:
        return True
    return min(len(word), len(first)) >= 6 and word[:6] == first[:6] and abs(len(word) - len(first)) <= 3


def _goes_on_otherwise(view: View, at: int, company: list[str]) -> int | None:
    """Return the end of the name when another word than the firm's own follows its first one."""
    words = view.words
    here, own = at + 1, 1
    while here < len(words) and _runs_on(view, here):
        if own < len(company) - 1 and words.folded[here] == company[own]:
            own += 1  # `Mutuelle du Val` of `Mutuelle du Val d'Orne`
        elif words.folded[here] not in _SMALL_IN_NAMES:
            break
        here += 1
    if here >= len(words) or not _runs_on(view, here) or not words.raw[here][0].isupper():
        return None
    word = words.folded[here].removesuffix("'s")
    if len(company) >= 3 and word not in company and words.folded[here + 1 : here + 2] == [company[-1]]:
        return here + 2  # `Meridian Airport Authority` for `Meridian Port Authority`
    common = view.lists.words["generic"] | view.lists.words["stop"] if view.lists else frozenset[str]()
    known = view.ground.knows_word(word) or (
        view.language == "de"
        and here == at + 1
        and word[:4]
        in {part[:4] for part in view.ground.known if part not in company or word.startswith(part)}
    )
    if len(word) <= 2 or not word.isalpha() or words.raw[here].isupper() or word in common or known:
        return None
    return here + 1


def _runs_on(view: View, at: int) -> bool:
    return view.text[view.words.ends[at - 1] : view.words.starts[at]] in {"", " ", "\u00a0", " & "}


def _misspelled(view: View, raw: list[str], folded: list[str], openings: set[int]) -> tuple[int, int] | None:
    """Return a row that is nearly a word of the firm's name, beside its other words or standing alone."""
    company = view.ground.company
    lists = view.lists
    common = (lists.words["stop"] | lists.words["generic"]) if lists else frozenset()
    for at, word in enumerate(folded):
        if (
            len(word) < 4
            or not raw[at][0].isupper()
            or word in view.ground.known
            or word.removesuffix("'s") in view.ground.known
            or word in common
        ):
            continue
        for place, part in enumerate(company):
            if len(part) < 4:
                continue
            before = at - 1 - (at > 1 and folded[at - 1] in _SMALL_IN_NAMES)
            beside = (place > 0 and at > 0 and folded[before] == company[place - 1]) or (
                place + 1 < len(company) and at + 1 < len(folded) and folded[at + 1].removesuffix("'s") == company[place + 1])  # fmt: skip
            if at not in openings and view.language != "de" and _begins_alike(word.removesuffix("'s"), part):
                return at, at + 1
            if not _nearly(word.removesuffix("'s"), part, strict=beside):
                continue
            inner = view.language != "de" and at not in openings and len(part) >= 6
            if (
                beside
                or (inner and part not in common and not view.ground.knows_word(word))
                or (len(company) == 1 and len(part) >= 5 and at not in openings)
            ):
                first = at - (place if place and folded[at - place : at] == list(company[:place]) else 0)
                last = at + 1
                while (
                    last < len(folded)
                    and place + last - at < len(company)
                    and folded[last] == company[place + last - at]
                ):
                    last += 1
                return first, last
    return None


def _begins_alike(word: str, part: str) -> bool:
    """Say whether two long names share their first five letters or more and part ways then: `Shiftline` for `Shiftwren`."""
    if min(len(word), len(part)) < 7 or abs(len(word) - len(part)) > 3 or word[:5] != part[:5]:
        return False
    rest = len(word) - 5, len(part) - 5
    return (
        min(rest) >= 2
        and word[5:] != part[5:]
        and not word.startswith(part)
        and not part.startswith(word)
        and word[-3:] != part[-3:]
    )


def _nearly(word: str, part: str, *, strict: bool) -> bool:
    """Say whether a word is a misspelling of another: one slip in short words, two in long ones, and no mere inflection.

    Beside the firm's other words a name takes no ending but that of a genitive or plural.
    """
    endings = {"s", "es"} if strict else {"s", "es", "n", "en", "er", "e"}
    if (
        word == part
        or (word.startswith(part) and word[len(part) :] in endings)
        or (part.startswith(word) and part[len(word) :] in endings)
    ):
        return False
    if abs(len(word) - len(part)) > 2:
        return False
    slips = OSA.distance(word, part)
    return 0 < slips <= (1 if len(part) < 7 else 2) and (word[0] == part[0] or slips == 1)


def _replaced(view: View, company: str) -> Iterator[Note]:
    """Flag an unknown firm in the prospect's place while the prospect's own is not named."""
    if _names_first(view):
        return
    unknown = [name for name in proper_names(view) if name.unknown]
    if names_company(view, outside=unknown):
        return
    for name in unknown:
        if is_prospect_slot(name) or _may_be_firm(view, name):
            yield Note(f"another firm in the prospect's place: {view.words.span_text(name.first, name.last)}", f"write: {company}",
                       view.words.starts[name.first], view.words.ends[name.last - 1])  # fmt: skip
            return


def _names_first(view: View) -> bool:
    """Say whether the first word of the firm's name stands in the message: no other firm is in its place then."""
    first = next((word for word in view.ground.company if len(word) > 2), None)
    return first is not None and any(
        word == first and view.words.raw[at][0].isupper() for at, word in enumerate(view.words.folded)
    )


def _may_be_firm(view: View, name: ProperName) -> bool:
    """Say whether a row of capitals that nobody knows may be a firm's name: no title in it, and no shouting."""
    row = range(name.first, name.last)
    return (
        name.size >= 2
        and name.slot in {"of", "other"}
        and not any(view.words.folded[at] in titles() for at in row)
        and not all(view.words.raw[at].isupper() for at in row)
    )


def names_company(view: View, outside: Sequence[ProperName] = ()) -> bool:
    """Say whether the firm is named in body or subject: a word of its name with a capital.

    Args:
        view: the message.
        outside: names of others, of which a word tells nothing: `Tribord Traduction` is not `Babord Traduction`.
    """
    distinctive = {word for word in view.ground.company if len(word) > 2}
    others = {at for name in outside if name.size >= 2 for at in range(name.first, name.last)}
    for words in (view.words, view.subject_words):
        for at, (raw, word) in enumerate(zip(words.raw, words.folded, strict=True)):
            if words is view.words and at in others:
                continue
            if word.removesuffix("'s") in distinctive and (raw[0].isupper() or len(distinctive) == 1):
                return True
    return False


def is_prospect_slot(name: ProperName) -> bool:
    """Say whether a name stands where the reader's own firm would: it acts, owns, or is what `at` and `for` point to."""
    return name.slot in {"subject", "owner", "at"} and name.size >= 1
