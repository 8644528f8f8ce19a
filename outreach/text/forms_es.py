"""A word of a Spanish text in; whether it addresses the reader familiarly or formally out: tú, vos and vosotros, or usted."""

import re

from outreach.text.tokens import Sentence, Words

_ES_FAMILIAR = frozenset(
    "tú tu tus ti contigo vos tuyo tuya tuyos tuyas os vosotros vosotras vuestro vuestra vuestros vuestras".split()
)
#: Verb forms of `vosotros`, which speaks to a team of people one calls `tú`.
_ES_VOSOTROS = re.compile(r"[a-zñ]{2,}(?:áis|éis|steis)$")
_ES_NO_VOSOTROS = frozenset("dieciséis veintiséis".split())
_ES_VERBS = frozenset(
    "tienes quieres puedes sabes crees eres estás haces buscas usas llevas necesitas recibes prefieres piensas dices vienes trabajas manejas ves gustarías vendes compras "
    "tenés querés podés sabés creés sos hacés buscás necesitás recibís preferís pensás decís venís vendés seguís usás llevás manejás trabajás perdés conocés debés respondés atendés entendés "
    "mira tendrás podrás querrás sabrás verás recibirás harás habrás verías tendrías podrías querrías sabrías estarías serías recibirías dirías harías "
    "deberías preferirías necesitarías perderías ganarías ahorrarías "
    "quisieras pudieras tuvieras supieras fueras estuvieras hicieras puedas quieras tengas sepas estés seas veas hagas digas necesites prefieras recibas creas gustes decidas respondas avises pidas "
    "has habías fuiste hiciste dijiste pusiste tuviste estuviste viste diste pudiste quisiste supiste viniste abres pagas pierdes empiezas cuentas encuentras vuelves sigues entiendes revisas mides "
    "imprimes envías exportas produces cultivas vendas compres diriges gestionas calculas controlas anotas registras pides eliges dedicas gastas pasas tardas sueles respondes "
    "conoces debes pones vas das decides atiendes cierras cambias ahorras vigilas organizas coordinas preparas planificas utilizas aprovechas escribes lees publicas compartes sientes "
    "dime dinos dímelo dínoslo decime decinos decímelo hazme haznos hazlo hazmelo házmelo ponme ponlo pruébalo probalo míralo miralo échale dale piénsalo pensalo imagínate imaginate fíjate fijate "
    "regístrate registrate apúntate apuntate anótate anotate anímate animate suscríbete inscríbete únete decídete tómate".split()
)
_ES_FORMAL = frozenset({"usted"})
#: Where `suyo` speaks to the reader: `el informe es suyo`, `con una línea suya`. Elsewhere it may be anybody's.
_ES_YOURS = frozenset("es sea será seria sería línea palabra mensaje respuesta correo".split())
_ES_FORMAL_VERBS = frozenset(
    "dígame dígamelo díganos hágame hágamelo háganos hágalo escríbame escríbanos respóndame respóndanos permítame permítanos compártame pídamelo pídame póngame considérelo piénselo pruébelo mírelo "
    "discúlpeme regístrese apúntese anímese suscríbase decídase disculpe".split()
)
#: Imperatives with a pronoun behind them: what stands before the pronoun tells `avísame` from `avíseme`.
_ES_ASK_AR = (
    "cuent|cont|avis|mand|envi|dej|llam|pas|muestr|mostr|indic|indiqu|confirm|coment|pregunt|reenvi|recuerd|record|contest|ech|revis|"
    "prest|regal|present|explic|expliqu|enseñ|ensen|adelant|orient|ayud|consult|contact|facilit|acerc|acerqu|aclar"
)
_ES_TU_ASKS = re.compile(
    rf"(?:(?:{_ES_ASK_AR})a|escrib[ei]|respond[ei]|permit[ei]|compart[ei]|pide|pedi|hace|pone)(?:me|nos)(?:l[oa]s?)?"
)
_ES_USTED_ASKS = re.compile(rf"(?:(?:{_ES_ASK_AR})e)(?:me|nos)(?:l[oa]s?)?")
_ES_LE = frozenset("interesa interesaría interesaria gustaría gustaria parece parecería sirve serviría serviria conviene convendría vendría molesta importa late resultaría ayudaría sería mando envío "
                   "paso cuento muestro comparto escribo agradezco agradecería envíe mande cuente muestre pase comparta propongo ofrezco interese parezca sirva encaja encajaría apetece viene va "
                   "haría pregunto pido ruego remito adjunto dejo explico enseño hago".split())  # fmt: skip
_ES_TO_READER = re.compile(
    r"(?:envi|mand|mostr|cont|ofrec|explic|remit|propon|molest|enseñ|escrib|pregunt|compart|present|llam|contact)[aei]rle"
)
_ES_SENDS = frozenset(
    "envío mando paso muestro cuento dejo comparto hago preparo explico enseño remito guardo reenvío envíe mande pase muestre".split()
)
_ES_PRETERITE = re.compile(r"[a-zñ]{2,}(?:aste|iste)$")
_ES_NOT = frozenset(
    "existe insiste consiste triste chiste persiste asiste resiste desiste contraste traste desgaste gaste paste baste subsiste aste reviste embiste enchiste engaste viste quiste alpiste despiste "
    "desbaste abaste emplaste aplaste preexiste coexiste amatiste reajuste balaste canaste".split()
)
#: `enviarte`, `escribiéndote`; and words that only end alike.
_ES_TE = re.compile(r"[a-zñ]+(?:arte|erte|irte|[áéí]rtel[oa]s?|ándote|éndote|[áé]ndotel[oa]s?)$")
_ES_NO_TE = frozenset(
    "aparte reparte comparte departe imparte descarte estandarte baluarte encarte infarte lugarte fuerte suerte muerte inerte advierte convierte invierte divierte revierte vierte subvierte "
    "acierte despierte oferte concierte inserte alerte experte solvierte pervierte parte arte harte ensarte deserte".split()
)


def spanish_form(words: Words, at: int, sentence: Sentence) -> str | None:
    """Return `familiar` or `formal` where a word addresses the reader so, None where it does neither."""
    if _es_is_familiar(words, at, sentence):
        return "familiar"
    return "formal" if _es_is_formal(words, at, sentence) else None


def _es_is_familiar(words: Words, at: int, sentence: Sentence) -> bool:
    low = words.raw[at].lower()
    if low == "te":
        return at + 1 < sentence.last
    if low in _ES_FAMILIAR or low in _ES_VERBS:
        if low == "vos":
            return not words.raw[at].isupper()
        if low == "mira":  # `quién mira la llenadora` asks about somebody else
            return at == sentence.first or _after_mark(words, at)
        return low not in _ES_NOUNS or _es_verb_place(words, at)
    if _ES_PRETERITE.search(low) and len(low) > 5:
        return low not in _ES_NOT
    if _ES_VOSOTROS.fullmatch(low):
        return low not in _ES_NO_VOSOTROS
    if _ES_TE.fullmatch(low):
        return low not in _ES_NO_TE
    return bool(_ES_TU_ASKS.fullmatch(words.folded[at]))


def _es_is_formal(words: Words, at: int, sentence: Sentence) -> bool:
    low = words.raw[at].lower()
    if low in _ES_FORMAL or low in _ES_FORMAL_VERBS or _ES_USTED_ASKS.fullmatch(words.folded[at]):
        return True
    following = words.raw[at + 1].lower() if at + 1 < sentence.last else ""
    if (low == "le" and following in _ES_LE) or _ES_TO_READER.fullmatch(low):
        return not _of_a_third(words, at, sentence)
    if low in {"suyo", "suya"}:
        return at > sentence.first and words.raw[at - 1].lower() in _ES_YOURS
    if low == "se" and following in {"lo", "la", "los", "las"}:
        sends = at + 2 < sentence.last and words.raw[at + 2].lower() in _ES_SENDS
        return sends and not _of_a_third(words, at + 2, sentence)
    if low in _ES_ASKED and _opens_question(words, at, sentence):
        return not (following in _ES_OTHERS or (following and words.raw[at + 1][0].isupper()))
    return False


#: Forms that are a noun or another person's verb as well.
_ES_NOUNS = frozenset(
    "has cuentas ves mira vendas creas produces pagas sos compras pasas cambias vas das dale exportas fueras seas".split()
)
_ES_OTHERS = frozenset(
    "alguien nadie esto eso algo arreglo solución lógica razón cabida quien alguno alguna ser haber tratarse deberse pasar ocurrir".split()
)
_ES_ASKED = frozenset(
    "desea desearía podría tendría quiere tiene puede prefiere sabe conoce necesita querría quisiera sabría cree considera estaría aceptaría preferiría permitiría".split()
)


def _of_a_third(words: Words, at: int, sentence: Sentence) -> bool:
    """Say whether `le` is somebody else: `al encargado le sirve`, `ofrecerle el turno a otro`."""
    for here in range(max(sentence.first, at - 6), min(sentence.last, at + 6)):
        word, following = words.folded[here], words.folded[here + 1] if here + 1 < sentence.last else ""
        nobody = {"usted"} if here < at else _ES_NOBODY
        if word == "al" or (word == "a" and following not in nobody):
            return True
    return False


#: What stands after `a` where nobody else is meant: the reader, or a time or place.
_ES_NOBODY = frozenset(
    "usted la las su mi nuestra nuestro modo titulo cambio veces partir tiempo diario".split()
)


def _after_mark(words: Words, at: int) -> bool:
    """Say whether a comma or colon stands just before a word."""
    return words.text[words.ends[at - 1] : words.starts[at]].strip()[:1] in {",", ":", ";", "–", "—"}


def _es_verb_place(words: Words, at: int) -> bool:
    before = words.folded[at - 1] if at else ""
    return before not in {
        "las",
        "los",
        "unas",
        "sus",
        "tus",
        "de",
        "con",
        "por",
        "en",
        "a",
        "y",
        "o",
        "sin",
        "nuestras",
        "estas",
        "esas",
        "se",
        *_MANY,
    }


_MANY = frozenset(
    "demasiadas muchas pocas varias algunas cuantas tantas otras mas menos dos tres cuatro".split()
)


def _opens_question(words: Words, at: int, sentence: Sentence) -> bool:
    """Say whether a verb form opens a question without a subject of its own: `¿Desea que …?`."""
    return (
        sentence.mark == "?"
        and at == sentence.first
        and (at + 1 >= sentence.last or words.folded[at + 1] not in _ARTICLES)
    )


#: Words behind a verb that make it a statement about something: `¿Tendría sentido …?` asks nobody for a form of address.
_ARTICLES = frozenset("el la los las un una su o a os as uma sentido".split())
