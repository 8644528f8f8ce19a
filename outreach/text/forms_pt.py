"""A word of a Portuguese text in; whether it addresses the reader familiarly or formally out: tu, or o senhor and a senhora."""

import re

from outreach.text.tokens import Sentence, Words

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


def portuguese_form(words: Words, at: int, sentence: Sentence) -> str | None:
    """Return `familiar` or `formal` where a word addresses the reader so, None where it does neither."""
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
