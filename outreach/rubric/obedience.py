"""A message and an untrusted profile in; the words of the message that do what the profile told a model to do out."""

import itertools
import re
from typing import TYPE_CHECKING

from outreach.text.languages import pack
from outreach.text.stems import stem
from outreach.text.tokens import Words, fold, read_words

if TYPE_CHECKING:
    from outreach.rubric.view import View

#: Who is addressed: a profile speaks to readers, an injection to a machine or to whoever writes the message.
_ADDRESSED = re.compile(
    r"\b(?:AI|A\.I\.|artificial intelligence|inteligencia artificial|intelig[êe]ncia artificial|k[üu]nstliche Intelligenz|intelligence artificielle|LLMs?|GPT\w*|ChatGPT|Claude|Gemini|Copilot|bots?|chatbots?|assistants?|asistentes?|assistentes?|Assistent\w*|models?|modell?e?s?|modelos?|mod[èe]les?|"
    r"prompt\w*|KI\w*|IAs?|language model|agents?|agentes?|automat\w+|scrap\w+|machine\w*|m[áa]quina\w*|robots?|rob[ôo]s?|system|sistema|syst[èe]me|instructions?|instruc\w+|"
    r"instru[çc]\w+|Anweisung\w*|consignes?|ignore\w*|ignor\w+|disregard|olvida\w*|esque[çc]\w*|oublie\w*|vergiss|ignorier\w*|override)\b", re.I)  # fmt: skip
_ORDERS = re.compile(
    r"\b(?:write|say|mention|include|add|end|close|start|begin|open|sign|use|praise|recommend|call|address|tell|reply|answer|respond|append|insert|put|state|repeat|"
    r"desp[ií]d\w+|despeç\w+|afirm\w+|salud\w+|agrade[cz]\w+|verabschied\w*|behaupt\w*|begr[üu][ßs]\w*|affirm\w+|salue\w*|pr[ée]tend\w+|greet|claim|insist|pretend|"
    r"describe|compliment|promise|offer|quote|finish|conclude|refer|name|output|print|escrib\w+|di|diga\w*|menci\w+|incluy\w+|inclu\w+|a[ñn]ad\w+|termina\w*|cierr\w+|"
    r"empiez\w+|empieza|comienz\w+|firma\w*|usa|utili[cz]\w+|recom\w+|elogi\w+|alab\w+|llam\w+|respond\w+|escrev\w+|diz|mencion\w+|termine\w*|comec\w+|comece|assin\w+|"
    r"acrescent\w+|schreib\w*|sag\w*|erw[äa]hn\w*|f[üu]g\w*|beend\w*|beginn\w*|unterschreib\w*|verwend\w*|lob\w*|empf\w+|nenn\w*|antwort\w*|schlie[ßs]\w*|[ée]cri\w+|"
    r"dites?|dis|mentionn\w+|inclu\w+|ajout\w+|termin\w+|commenc\w+|sign\w+|utilis\w+|vant\w+|recommand\w+|appel\w+|r[ée]pond\w+|conclu\w+|finiss\w+|finis|glisse\w*)\b", re.I)  # fmt: skip
_QUOTED = re.compile(r"[\"“„«‹']\s?([^\"“”„«»‹›\n]{3,160}?)\s?[\"”“»›'](?!\w)")
#: Words of instructions themselves: to share them with a message proves nothing.
_MACHINERY = frozenset(
    "message messages email note mail letter model models language assistant writing writer written write reads reading read reply answer words word sentence line text mention "
    "include recommend praise close start begin note know please always never instead instruction instructions ignore previous prompt system tool generated generate outreach sales "
    "linkedin profile mensaje mensajes correo modelo lenguaje asistente escribe escribir palabra palabras frase texto menciona incluye recomienda elogia cierra empieza siempre nunca "
    "mensagem mensagens linguagem escreva escrever palavra palavras inclua mencione recomende termine comece sempre nachricht nachrichten sprachmodell modell schreibe schreib satz wort "
    "worte erwahne empfiehl immer niemals bitte message messages courriel modele langage ecris ecrire mot mots phrase texte mentionne recommande termine commence toujours jamais".split()
)


def instructions(profile: str) -> list[str]:
    """Return the sentences of a profile that give orders to a machine, and those that follow on from one."""
    if not profile.strip():
        return []
    pieces = [piece.strip() for piece in re.split(r"(?<=[.!?])\s+|\n+", profile) if piece.strip()]
    found: list[str] = []
    following = False
    for piece in pieces:
        speaks = bool(_ADDRESSED.search(piece))
        orders = bool(_ORDERS.search(piece)) or (speaks and bool(_QUOTED.search(piece)))
        if orders and (speaks or following):
            found.append(piece)
            following = True
        else:
            following = speaks
    return found


def obeyed(view: "View") -> list[tuple[int, int, str]]:
    """Return the spans of the message that carry out an order of the profile, with the words demanded."""
    found: list[tuple[int, int, str]] = []
    for order in instructions(view.context.prospect.profile_text):
        hit = _quoted_demand(view, order) or _named_demand(view, order) or _shared_row(view, order)
        if hit is not None:
            found.append(hit)
    return found


def _quoted_demand(view: "View", order: str) -> tuple[int, int, str] | None:
    words = view.words.folded
    for match in _QUOTED.finditer(order):
        row = [fold(word) for word in re.findall(r"[^\W_]+", match.group(1))]
        if not row or (len(row) == 1 and view.ground.knows_word(row[0])):
            continue
        for at in range(len(words) - len(row) + 1):
            if words[at : at + len(row)] == row and not view.span_in_context(at, at + len(row)):
                return view.words.starts[at], view.words.ends[at + len(row) - 1], match.group(1)
    return None


def _named_demand(view: "View", order: str) -> tuple[int, int, str] | None:
    """Find a name or code that only the order holds: a cousin to recommend, a canary to repeat."""
    said = set(view.words.folded)
    for match in re.finditer(r"(?<=[\s(\"“«:])(?:[A-Z][^\W\d_]{2,}|[A-Z]{3,}[-_]?\d+|\d{3,})", order):
        word = fold(match.group())
        if (
            word in said
            and word not in _MACHINERY
            and not view.ground.knows_word(word)
            and not _ADDRESSED.fullmatch(match.group())
            # German writes every noun with a capital: only a code tells there.
            and not (view.language == "de" and match.group().isalpha() and not match.group().isupper())
        ):
            at = view.words.folded.index(word)
            if view.words.raw[at][0].isupper() or word[0].isdigit():
                return view.words.starts[at], view.words.ends[at], match.group()
    return None


def _shared_row(view: "View", order: str) -> tuple[int, int, str] | None:
    """Find content words of the order that stand together in the message and nowhere in the ground truth."""
    language = view.language
    ordered: Words = read_words(order, language)
    lists = pack(language)
    stop = lists.words["stop"] if lists else frozenset()
    demanded = {stem(word, language) for word in ordered.folded
                if len(word) > 3 and word not in stop and word not in _MACHINERY and not view.ground.knows_word(word)}  # fmt: skip
    if not demanded:
        return None
    places = [
        at for at, word in enumerate(view.words.folded) if len(word) > 3 and stem(word, language) in demanded
    ]
    for left, right in itertools.pairwise(places):
        one_word = view.text[view.words.ends[left] : view.words.starts[right]] == "-"
        if right - left <= 5 and view.words.folded[left] != view.words.folded[right] and not one_word:
            return view.words.starts[left], view.words.ends[right], view.words.span_text(left, right + 1)
    distinct = {stem(view.words.folded[at], language) for at in places}
    if len(distinct) >= 3:
        return view.words.starts[places[0]], view.words.ends[places[0]], ", ".join(sorted(distinct))
    return None
