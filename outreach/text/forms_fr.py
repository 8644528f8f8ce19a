"""A word of a French text in; whether it addresses the reader familiarly or formally out: tu, or vous, told from the vous of a team."""

from outreach.text.tokens import Sentence, Words

Span = tuple[int, int]

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


def french_form(words: Words, at: int, sentence: Sentence) -> str | None:
    """Return `familiar` or `formal` where a word addresses the reader so, None where it does neither."""
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


def is_team(words: Words, span: Span) -> bool:
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


def is_only_possessive(words: Words, formal: list[Span]) -> bool:
    """Say whether nothing but `vos` speaks to anybody: things of a firm may be the whole team's, and `vous vous` is among several."""
    said = words.text.lower()
    return all(
        said[start:end] == "vos"
        or said[start : end + 5] == "vous vous"
        or said[start - 5 : end] == "vous vous"
        for start, end in formal
    )


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
