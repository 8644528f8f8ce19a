"""The words of a text in Spanish, Portuguese, German or French in; what addresses the reader familiarly and what formally out."""

import re
from collections.abc import Iterable
from functools import lru_cache

from outreach.text.tokens import Sentence, Words

Span = tuple[int, int]


def address_evidence(
    words: Words, quoted: list[Span], content: Iterable[tuple[int, Sentence, range]]
) -> tuple[list[Span], list[Span]]:
    """Return spans that address the reader familiarly and formally. Quotations and plural address are no evidence."""
    reader = {"es": _spanish, "pt": _portuguese, "de": _german, "fr": _french}.get(words.language)
    if reader is None:
        return [], []
    familiar: list[Span] = []
    formal: list[Span] = []
    firm: list[Span] = []
    for _, sentence, tokens in content:
        for at in tokens:
            start, end = words.starts[at], words.ends[at]
            if any(low <= start < high for low, high in quoted):
                continue
            if (
                at > tokens.start
                and words.raw[at][:1].isupper()
                and words.language != "de"
                and words.text[:start].rstrip()[-1:] not in "¿¡:?!."
            ):
                continue  # `Compras`, `TI`: a department or a name, not a word to the reader
            found = reader(words, at, sentence)
            if found == "familiar":
                familiar.append((start, end))
            elif found == "formal":
                formal.append((start, end))
            elif found == "firm":
                firm.append((start, end))
    if words.language == "fr" and formal:
        formal += firm  # `chez vous` alone is the house, beside another `vous` the person
        if familiar:
            formal = [span for span in formal if not _is_team(words, span)]
    return familiar, formal


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


def _spanish(words: Words, at: int, sentence: Sentence) -> str | None:
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
    }


def _opens_question(words: Words, at: int, sentence: Sentence) -> bool:
    """Say whether a verb form opens a question without a subject of its own: `¿Desea que …?`."""
    return (
        sentence.mark == "?"
        and at == sentence.first
        and (at + 1 >= sentence.last or words.folded[at + 1] not in _ARTICLES)
    )


#: Words behind a verb that make it a statement about something: `¿Tendría sentido …?` asks nobody for a form of address.
_ARTICLES = frozenset("el la los las un una su o a os as uma sentido".split())

_PT_FAMILIAR = frozenset("tu ti contigo teu tua teus tuas".split())
_PT_VERBS = frozenset("tens queres podes sabes achas estás és fazes usas precisas recebes preferes pensas vens gostas consegues dizes vês "
                      "gostarias poderias quererias terias saberias podias querias tinhas quiseres puderes tiveres queiras possas tenhas "
                      "deves vais dás lês vives trabalhas vendes medes perdes conheces imaginas acreditas costumas geres olhas mandas envias respondes escreves "
                      "estejas sejas vejas faças saibas digas precises prefiras decidas recebas aches gostes mandes respondas "
                      "terás poderás verás saberás receberás estarás serás preferires precisares achares vires fizeres estiveres souberes desejares interessares "
                      "estavas fazias davas farias dirias estarias serias verias preferias gostavas".split())  # fmt: skip
_PT_PRETERITE = re.compile(r"[a-zçãé]{2,}(?:aste|este|iste)$")
#: Nouns and third persons that end as `mandaste`, `recebeste` and `abriste` do.
_PT_NOT = frozenset(
    "teste leste oeste nordeste sudeste noroeste sudoeste sueste peste veste reveste investe triste existe consiste insiste assiste resiste desiste persiste subsiste coexiste "
    "contraste desgaste haste gaste baste arraste afaste paste agreste celeste preste manifeste proteste conteste reteste pilriste silvestre chiste despiste ajuste aposte "
    "traste engaste hipoteste apreste empreste ateste deteste infeste moleste budapeste faroeste enxiste aliste conquiste desbaste abaste deste neste cipreste cafajeste trieste alpiste riste preexiste desinveste reinveste aviste registe devaste admoeste empeste".split()
)
#: What is asked of a `tu`, with the pronoun behind it: `diz-me`, `avisa-nos`.
_PT_IMPERATIVE = frozenset(
    "diz dize avisa conta escreve manda envia responde mostra indica liga fala passa dá deixa confirma pergunta explica".split()
)
_PT_FORMAL_TITLES = frozenset("senhor senhora senhoria exª exa".split())


def _portuguese(words: Words, at: int, sentence: Sentence) -> str | None:
    low = words.raw[at].lower()
    if low == "precisas" and (at + 1 >= sentence.last or words.folded[at + 1] not in {"de", "que", "disto"}):
        return None  # `medidas precisas`
    if low in _PT_FAMILIAR or low in _PT_VERBS:
        return "familiar"
    if low == "te":
        return "familiar"
    if _PT_PRETERITE.search(low) and low not in _PT_NOT and len(low) > 5:
        return "familiar"
    if (
        low in _PT_IMPERATIVE
        and at + 1 < sentence.last
        and words.folded[at + 1] in {"me", "nos"}
        and words.text[words.ends[at] : words.starts[at + 1]] == "-"
    ):
        return "familiar"
    if (
        low in _PT_FORMAL_TITLES
        and at > sentence.first
        and words.folded[at - 1] in {"o", "a", "ao", "do", "da", "pelo", "vossa", "v"}
    ):
        following = words.raw[at + 1] if at + 1 < sentence.last else ""
        return (
            None
            if low in {"senhora", "senhor"}
            and following[:1].isupper()
            and words.folded[at - 1] in {"do", "da"}
            else "formal"
        )
    if low == "vossa" or (low == "sa" and words.raw[at] == "Sa"):
        return "formal"
    return None


_DE_FAMILIAR = frozenset(
    "du dich dir dein deine deinen deinem deiner deines euch euer eure euren eurem eurer eures".split()
)
_DE_FORMAL = frozenset("Sie Ihnen Ihr Ihre Ihren Ihrem Ihrer Ihres".split())
_DE_IMPERATIVE = frozenset(
    "sag schreib schick melde meld ruf antworte gib schau guck probier lass nimm klick".split()
)
_DE_THIRD = frozenset("die der das eine ein".split())


def _german(words: Words, at: int, sentence: Sentence) -> str | None:
    raw, low = words.raw[at], words.raw[at].lower()
    if low in _DE_FAMILIAR:
        return "familiar"
    if low in _DE_IMPERATIVE and at == sentence.first:
        return "familiar"
    if (
        low in _DE_IMPERATIVE
        and raw.islower()
        and words.text[words.ends[at - 1] : words.starts[at]].strip() in {",", ":", "–"}
        and low in {"sag", "schreib", "meld", "melde"}
    ):
        return "familiar"
    if raw in _DE_FORMAL:
        if at != sentence.first and words.text[words.ends[at - 1] : words.starts[at]].strip() not in {
            ":",
            ".",
            "?",
            "!",
            "„",
            "–",
        }:
            return "formal"
        if raw == "Ihnen" or (
            raw == "Sie"
            and at + 1 < sentence.last
            and words.folded[at + 1]
            in {
                "haben",
                "konnen",
                "mochten",
                "wollen",
                "kennen",
                "wissen",
                "suchen",
                "planen",
                "setzen",
                "finden",
            }
        ):
            return "formal" if not _they_before(words, sentence) else None
    return None


def _they_before(words: Words, sentence: Sentence) -> bool:
    """Say whether `Sie` at the start of a sentence may mean `they`: a plural noun stands just before."""
    index = words.sentence_of[sentence.first]
    if index == 0:
        return False
    before = words.sentences[index - 1]
    return any(
        words.folded[at].endswith(("en", "er", "e", "s")) and words.raw[at][0].isupper()
        for at in range(max(before.first, before.last - 6), before.last)
    )


_FR_FAMILIAR = frozenset("tu te toi ton ta tes t' tien tienne tiens tiennes".split())
_FR_FORMAL = frozenset("vous votre vos vôtre vôtres".split())
#: Imperatives of `tu` that no other form shares with a noun at the start of a sentence.
_FR_TU_IMPERATIVES = frozenset(
    "dis écris ecris envoie regarde fais réponds reponds appelle préviens previens donne passe jette raconte explique montre choisis prends demande confirme garde laisse goûte imagine sache corrige".split()
)
_FR_NOT_VOUS = frozenset("chez assez nez rez rendez allez voyez tenez suez fez".split())
#: What `-moi` or `-le` after an imperative may be: `dis-moi`, `fais-le`.
_FR_OBJECTS = frozenset("moi nous le la les lui".split())
#: Words after which `ton` is a tone.
_FR_TONE = frozenset("le un du ce au leur notre son bon même quel".split())


def _french(words: Words, at: int, sentence: Sentence) -> str | None:
    low = words.raw[at].lower().replace("’", "'")
    before = words.folded[at - 1] if at > sentence.first else ""
    between = words.text[words.ends[at - 1] : words.starts[at]] if at else ""
    if low in _FR_FAMILIAR:
        if (low == "ton" and before in _FR_TONE) or ((low in {"tien", "tiens", "tienne", "tiennes"}) and before not in {"le", "la", "les", "du", "des", "au", "aux"}):  # fmt: skip
            return None
        return "familiar"
    after = words.text[words.ends[at] : words.ends[at] + 1]
    linked = after in {"-", "‑"} and at + 1 < sentence.last and words.folded[at + 1] in _FR_OBJECTS
    if low in _FR_TU_IMPERATIVES and (linked or (at == sentence.first and after == " ")):
        return "familiar"
    denied = at == sentence.first + 1 and before in {"n'", "ne"}  # `N'hésite pas`, `Ne tardez pas`
    if denied and low in {"hésite", "hesite", "tarde", "cherche", "oublie"}:
        return "familiar"
    if low in _FR_FORMAL:
        if between == "-" and before == "rendez":
            return None
        if low == "vous" and before == "chez":
            return "firm"
        return "formal"
    if (low in {"dites", "faites"} and linked) or (
        low.endswith("ez")
        and len(low) > 4
        and low not in _FR_NOT_VOUS
        and (linked or denied or at == sentence.first)
    ):
        return "formal"
    return None


_TEAM = frozenset(
    "equipe toi deux tous toutes trois quatre collegues ensemble chez atelier associes soeur frere".split()
)


def _is_team(words: Words, span: Span) -> bool:
    """Say whether `vous` means the team beside a `tu` for the person: `Inès et toi, vous relevez …`, `chez vous`, `vous êtes combien`."""
    at = next(index for index, start in enumerate(words.starts) if start == span[0])
    sentence = words.sentences[words.sentence_of[at]]
    row = words.folded[sentence.first : sentence.last]
    if words.folded[at - 2 : at] in _FROM_PERSON or _is_order(words, at, sentence):
        return False
    if any(word in _TEAM for word in row):
        return True
    if words.folded[at].endswith(("ez", "ites")) and words.folded[at + 1 : at + 2] == ["moi"]:
        return False
    if (
        words.folded[at] in {"votre", "vos"}
        and words.folded[at + 1 : at + 2]
        and words.folded[at + 1] in _OF_PERSON
    ):
        return False
    before = words.folded[at - 1] if at else ""
    # What is done to `vous` (je vous envoie, vous intéresse) speaks to the person; what `vous` do may be the team's.
    if before in {"je", "nous", "on"} or (at + 1 < len(words) and words.folded[at + 1] in _TO_PERSON):
        return False
    return words.text[words.ends[at - 1] : words.starts[at]] != "-" if at else False


#: What comes from the person: `un mot de vous`.
_FROM_PERSON = [["mot", "de"], ["signe", "de"], ["ligne", "de"], ["oui", "de"]]


def _is_order(words: Words, at: int, sentence: Sentence) -> bool:
    """Say whether a verb in -ez at the head of a sentence asks for something, and asks no question: `Sachez que …`, `N'hésitez pas`."""
    at_head = at == sentence.first or (at == sentence.first + 1 and words.folded[at - 1] in {"n'", "ne"})
    following = words.folded[at + 1 : at + 2]
    return (
        at_head
        and words.folded[at].endswith("ez")
        and following != ["vous"]
        and words.folded[sentence.first + 1 : sentence.first + 2] != ["vous"]
        and "toi" not in words.folded[sentence.first : sentence.last]
    )


_OF_PERSON = frozenset(
    "avis retour reponse ecoute disposition attention temps profil parcours interet accord question questions".split()
)
_TO_PERSON = frozenset(
    "envoyer envoie montrer montre interesse interesserait interesserais ecrire ecris contacter remercie propose proposer parler dire transmettre adresser joindre aider".split()
)


@lru_cache(maxsize=1)
def plural_words() -> frozenset[str]:
    """Return words of plural address: they speak to a team and say nothing about the person."""
    return frozenset("ustedes vosotros vosotras vocês euch euer eure ihr".split())
