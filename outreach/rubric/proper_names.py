"""A message in; the proper names in it out: where they stand, whether the ground truth holds them, and the slot they fill."""

from dataclasses import dataclass
from functools import lru_cache

from outreach.domain.vocabulary import LANGUAGES
from outreach.rubric.parts import titles
from outreach.rubric.view import View
from outreach.text.languages import pack


@dataclass(frozen=True, slots=True)
class ProperName:
    """A row of capitalised words. `slot`: `at`, `of`, `person`, `like`, `with`, `subject`, `owner`, `place`, `other`."""

    first: int
    last: int
    unknown: bool
    slot: str
    size: int


_AT = frozenset("at for en em na no bei für fur chez pour à from".split())
_OF = frozenset("of de do da dos das du des von d'".split())
_LIKE = frozenset("like such as including como wie comme unlike tal tales".split())
_WITH = frozenset("with con com mit avec by por durch par via against".split())
_PLACE = frozenset("in near to from outside around across en em in nach aus bei a à hasta hacia".split())


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Return capitalised words that name no firm: months, days, languages, nations, common products, channels."""
    words: set[str] = set()
    for code in LANGUAGES:
        lists = pack(code)
        if lists:
            for name in (
                "months",
                "weekdays",
                "greetings",
                "closings",
                "masculine",
                "feminine",
                "titles",
                "nobody",
            ):
                words |= lists.words[name]
    words |= set(
        """purchasing procurement accounting compras ventas finanzas sistemas calidad logistica vendas financas logistica qualidade einkauf vertrieb buchhaltung achats ventes comptabilite internet linkedin google excel word powerpoint outlook teams zoom slack whatsapp sms email pdf csv usb gps crm erp eu uk us usa eeuu ue brexit christmas easter ramadan
        navidad natal weihnachten ostern noel paques english spanish german french portuguese italian dutch danish finnish swedish norwegian polish czech turkish greek russian chinese japanese
        korean indian african american european british irish scottish welsh cornish bavarian swiss austrian belgian canadian mexican brazilian argentine chilean peruvian colombian
        pull request release vietnamese thai australian monday tuesday i ok okay ps nb q1 q2 q3 q4 h1 h2 ai ki ia it hr vp ceo cfo cto coo iso gdpr dsgvo rgpd lgpd tuv ce internet web app android iphone
        ios windows mac apple microsoft amazon europe africa asia america north south east west northern southern eastern western spring summer autumn winter dr mr ms""".split()
    )
    return frozenset(words)


def proper_names(view: View) -> list[ProperName]:
    """Return the names in the content of a message. In German single capitalised words are nouns and are left out."""
    words = view.words
    found: list[ProperName] = []
    for _, sentence, tokens in view.content():
        at = tokens.start
        while at < tokens.stop:
            if (
                not words.raw[at][0].isupper()
                or view.is_quoted(words.starts[at])
                or not _begins(view, at, sentence.first, tokens.start)
            ):
                at += 1
                continue
            last = at + 1
            while last < tokens.stop and _goes_on(view, last):
                last += 1
            found.append(_name(view, at, last, sentence.first))
            at = last
    return found


#: Marks after which a sentence begins.
_POSTSCRIPT = frozenset({"ps", "pps", "nb"})


def _begins(view: View, at: int, sentence_first: int, content_first: int) -> bool:
    raw = view.words.raw[at]
    if len(raw) < 2 or not raw[0].isalpha():
        return False
    if view.lists is not None and view.words.folded[at] in view.lists.words["stop"]:
        return False  # `Ihrem Haus`: a capital of courtesy
    if view.words.folded[at] in _POSTSCRIPT:
        return False
    opening = at in {sentence_first, content_first} or _after_stop(view, at)
    if opening and view.language == "de" and not _opens_german(view, at):
        return False
    if opening:
        # A capital that opens a sentence tells nothing, unless more capitals follow it.
        return (
            at + 1 < len(view.words)
            and view.words.raw[at + 1][0].isupper()
            and view.words.raw[at + 1].isalpha()
            and _goes_on(view, at + 1)
            and view.lists is not None
            and view.words.folded[at] not in view.lists.words["stop"]
        )
    return True


#: What a firm or person does, as the verb after a name that opens a German sentence.
_GERMAN_ACTS = frozenset(
    "hat ist kann wird nutzt verwendet meinte sagt sagte empfahl riet arbeitet setzt eröffnete macht vertraut spart senkte sparte halbierte".split()
)
#: Words after which two German nouns in a row are an amount: `eine Stunde Arbeit`, `jede Minute Stillstand`.
_GERMAN_AMOUNT = frozenset(
    "ein eine einen einem einer eines kein keine keinen keinem keiner jede jeder jedes jeden jedem pro je halbe ganze erste zweite dritte ersten zweiten dritten letzte letzten paar".split()
)


def _opens_german(view: View, at: int) -> bool:
    """Say whether two capitals that open a German sentence may be a name: no verb or adjective first, and a verb behind."""
    words = view.words
    if words.folded[at].endswith(("e", "en", "er", "es", "em")) and not view.ground.knows_word(
        words.folded[at]
    ):
        return False
    return at + 2 < len(words) and words.folded[at + 2] in _GERMAN_ACTS


def _is_german_amount(view: View, first: int) -> bool:
    """Say whether nouns in a row follow an article, a number or an adjective: `jeder Linie Zeit`, `drei Kisten Äpfel`."""
    if first == 0 or view.text[view.words.ends[first - 1] : view.words.starts[first]] != " ":
        return False
    raw, word = view.words.raw[first - 1], view.words.folded[first - 1]
    return (
        word in _GERMAN_AMOUNT
        or word[0].isdigit()
        or any(number.last == first for number in view.numbers)
        or (
            raw.islower()
            and len(word) > 4
            and word.endswith(("e", "en", "er", "es", "em"))
            and view.lists is not None
            and word not in view.lists.words["stop"]
        )
    )


def _after_stop(view: View, at: int) -> bool:
    if at == 0:
        return False
    between = view.text[view.words.ends[at - 1] : view.words.starts[at]]
    return view.words.folded[at - 1] in _POSTSCRIPT or any(char in between for char in '.:!?\n¿¡“"«„(–—•')


def _goes_on(view: View, at: int) -> bool:
    raw = view.words.raw[at]
    between = view.text[view.words.ends[at - 1] : view.words.starts[at]]
    return (
        raw[0].isupper()
        and not (raw.isupper() and len(raw) <= 5)  # `I`, `reply STOP`
        and not (view.lists is not None and view.words.folded[at] in view.lists.words["stop"])
        and between in {" ", "-", " & ", "\u00a0"}
        and view.words.sentence_of[at] == view.words.sentence_of[at - 1]
    )


def _name(view: View, first: int, last: int, sentence_first: int) -> ProperName:
    folded = view.words.folded
    row = folded[first:last]
    slot = _slot(view, first, last, sentence_first)
    # `Ottermoor Creameries` is nobody's name though creameries are spoken of: what comes first tells firms apart.
    telling = next((word for word in row if not _is_ordinary(view, word)), row[0])
    known = (
        view.ground.knows_word(telling)
        or _in_compound(view, telling)
        or _of_known_place(view, telling)
        or (slot == "other" and any(view.ground.knows_word(word) for word in row))
    )
    ordinary = all(_is_ordinary(view, word) for word in row)
    single_german = view.language == "de" and (
        _size(view, first, last) - sum(_is_german_date(view, at) for at in range(first, last)) < 2
        or _is_german_amount(view, first)
    )
    acronym = last - first == 1 and view.words.raw[first].isupper() and len(view.words.raw[first]) <= 5
    return ProperName(
        first,
        last,
        not known and not ordinary and (not single_german or slot == "person") and not acronym,
        slot,
        _size(view, first, last),
    )


def _is_ordinary(view: View, word: str) -> bool:
    return word in _ordinary() or (view.lists is not None and word in view.lists.words["stop"])


def _is_german_date(view: View, at: int) -> bool:
    """Say whether a word is a month, a day or `Nr.`: it makes no name of the noun beside it."""
    lists, word = view.lists, view.words.folded[at]
    return word == "nr" or (
        lists is not None and (word in lists.words["months"] or word in lists.words["weekdays"])
    )


def _size(view: View, first: int, last: int) -> int:
    """Count the words of a name; a German compound with hyphens is one."""
    if view.language != "de":
        return last - first
    return 1 + sum(
        view.text[view.words.ends[at - 1] : view.words.starts[at]] != "-" for at in range(first + 1, last)
    )


#: Endings that make a place's name into what comes from there: `Kentish`, `Cumbrian`, `Bremer`, `Nantais`.
_FROM_THERE = (
    "ish",
    "ian",
    "an",
    "n",
    "ese",
    "er",
    "ers",
    "ois",
    "oise",
    "ais",
    "aise",
    "ien",
    "ienne",
    "ano",
    "ana",
    "eno",
    "ense",
    "ensis",
    "isch",
    "ische",
    "ischen",
    "ischer",
    "i",
    "ite",
)


def _of_known_place(view: View, word: str) -> bool:
    """Say whether a word is a known name with an ending of origin."""
    return word.endswith(_FROM_THERE) and any(
        word.endswith(ending)
        and len(stem := word.removesuffix(ending)) >= 4
        and any(known.startswith(stem) for known in view.ground.known)
        for ending in _FROM_THERE
    )


def _in_compound(view: View, word: str) -> bool:
    """Say whether a German compound holds a word of the ground truth, or the other way round."""
    return (
        view.language == "de"
        and len(word) > 5
        and any(len(known) > 4 and (known in word or word in known) for known in view.ground.known)
    )


def _slot(view: View, first: int, last: int, sentence_first: int) -> str:
    folded = view.words.folded
    before = folded[first - 1] if first > sentence_first else ""
    if (
        before in {"the", "el", "la", "o", "a", "die", "der", "das", "le", "l'", "os", "as", "los", "las"}
        and first - 1 > sentence_first
    ):
        before = folded[first - 2]
    if folded[last - 1].endswith("'s") or view.text[
        view.words.ends[last - 1] : view.words.ends[last - 1] + 2
    ] in {"'s", "’s", "s'"}:
        return "owner"
    if before in titles():
        return "person"
    if before in _LIKE:
        return "like"
    if before in _WITH:
        return "with"
    if before == "at" or (before in _AT and before not in _PLACE):
        return "at"
    if before in _OF:
        return "of"
    if before in _PLACE and view.language == "en":
        return "place"
    following = (
        folded[last]
        if last < len(view.words) and view.words.sentence_of[last] == view.words.sentence_of[first]
        else ""
    )
    if following in _ACTS or following.endswith(("ed", "aron", "ieron", "aram")):
        return "subject"
    return "place" if before in _PLACE else "other"


_ACTS = frozenset(
    """is was has had have does did can could will would may might must runs opened opens moved moves added launched uses makes ships sells buys hires hired plans needs keeps gets starts
    ha es tiene puede va está abrió lanzó hace tem é pode vai está abriu lançou faz hat ist kann wird eröffnete macht a est peut va fait ouvre ouvert""".split()
)
