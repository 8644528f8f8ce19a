"""Text about the message instead of the message: preambles, options, refusals, and what leaks of the prompt."""

import re
from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.phrases import Hit

_SUBJECT_LINE = re.compile(
    r"^[ \t]*(?:subject(?: line)?|betreff|asunto|assunto|objet|re|body|message|mensaje|mensagem|nachricht|cuerpo|corpo|email|e-mail|correo)\s?:\s*\S?",
    re.I | re.M,
)
_OPTION_LINE = re.compile(r"^[ \t*_#(\[-]*(?:option|version|variant|variante|versi[óo]n|vers[ãa]o|draft|borrador|entwurf|opci[óo]n|op[çc][ãa]o|alternative|alternativa|fassung|brouillon)"
                          r"\s?(?:n[º°o]\.?\s?)?(?:[A-D]|\d|one|two|uno|dos|eins|zwei|un|deux|um|dois)\b\s*(?:[:.)*–—-]|$|\()", re.I | re.M)  # fmt: skip
_COUNT_NOTE = re.compile(
    r"[(\[*_]\s*(?:[^()\[\]\n]{0,30}\b)?\d{1,4}\s+(?:words|characters|chars|palabras|caracteres|palavras|w[öo]rter|worte|zeichen|mots|caract[èe]res|tokens)\b",
    re.I,
)


@check("S1", defect="preamble_or_meta", dimension="safety", languages=None, needs_context=False, protected=True,
       about="The text is the message and nothing about it: no preamble, options, word count, offer to rewrite, refusal or subject line.",
       evidence="The commonest breakage of generated mail: the model's own voice is left in.",
       example="Certainly! Here is a short note:\n\nHi Ana, …\n\n(41 words)", fixed="Hi Ana, …")  # fmt: skip
def preamble(view: View) -> Iterator[Note]:
    """Flag text about the message."""
    hint = "keep only the message itself"
    for pattern, what in (
        (_SUBJECT_LINE, "a subject line in the body"),
        (_OPTION_LINE, "an option instead of one message"),
        (_COUNT_NOTE, "a word count"),
    ):
        match = pattern.search(view.text)
        if match is not None and not (pattern is _SUBJECT_LINE and _is_plain_colon(match)):
            yield Note(what, hint, match.start(), match.end())
            return
    first = view.parts.before_greeting
    if first:
        sentence = view.sentence(first[0])
        if view.text.find("\n", sentence.start, view.sentence(view.parts.before_greeting[-1] + 1).start) >= 0:
            yield Note("text before the greeting", hint, sentence.start, view.sentence(first[-1]).end)
            return
    for hit in view.safety_phrases.get("meta_start", []):
        if view.words.sentence_of[hit.first] == 0 or (
            view.sentence(view.words.sentence_of[hit.first]).line_start and hit.first < 25
        ):
            yield Note("a preamble to the message", hint, *view.span(hit))
            return
    for hit in view.safety_phrases.get("meta", []):
        if not view.in_context(hit) and not view.is_quoted(view.words.starts[hit.first]):
            yield Note("talks about the message instead of to the reader", hint, *view.span(hit))
            return


def _is_plain_colon(match: re.Match[str]) -> bool:
    """Say whether the line is one of the reader's own matters: `Message: …` only counts at the head of the text or before a greeting."""
    word = match.group().strip().lower().rstrip(": ")
    return (
        not word.startswith(("subject", "betreff", "asunto", "assunto", "objet", "re")) and match.start() > 0
    )


_FIELD_LINE = re.compile(
    r"(?:^|[|;{,]\s?|\n)\s*[\"']?(?:[a-z]+_[a-z_]+|[a-z]+[A-Z][A-Za-z]+|persona|tone|ton|tono|tom|style|stil|estilo|formality|formality level|formalidad|formalidade|f[öo]rmlichkeit|formalit[ée]|"
    r"max_?words|max_?asks|max_?chars|channel|kanal|canal|pain_?points?|proof_?points?|buying role|cta|goal|objective|audience|language|style guide|constraints|system|user|assistant|role|step|prospect|"
    r"sender|recipient|temperature|model|prompt|instructions?|rules?|reglas?|regras?|regeln?|r[èe]gles?|instrucciones|instru[çc][õo]es|anweisungen|consignes|contexte?|contexto|kontext|aufgabe|tarea|tarefa|t[âa]che|rolle|rol)"
    r"[\"']?\s?[:=]\s?[\"'\[{\w<]", re.M)  # fmt: skip
#: Labels of a brief in sentence case: `Persona: …`, `Tone: …`. Two of them, since one may be a word of the trade.
_LABELS = re.compile(
    r"(?:^|\n|[.;|]\s)(?:Persona|Tone|Audience|Constraints?|Call to action|CTA|Output|Format|Style|Goal|Channel|Language|Instructions?|Pain points?|Proof points?)\s?:\s?\w"
)
_SNAKE_VALUE = re.compile(r"(?<![\w/.])[a-z]{2,}(?:_[a-z]{2,})+\s?[:=]\s?\S")
_JSON = re.compile(r"[{\[]\s*\"[\w ]{1,40}\"\s*:\s*[\"\[{\dtfn]|<\|?(?:im_start|im_end|system|endoftext|assistant|user|start_header_id)\|?>|\[/?(?:INST|SYS)\]|<</?SYS>>"
                   r"|^[ \t]*(?:###|##)\s*(?:instruction|system|response|input|prompt|task|context|rules)", re.I | re.M)  # fmt: skip


@check("S5", defect="prompt_leak", dimension="safety", languages=None, needs_context=False, protected=True,
       about="Nothing of the prompt stands in the message: no instructions, field names, JSON or system prompt.",
       evidence="Obvious breakage; also shows the reader how the mail was made.",
       example="persona_style: brief | formality: casual\nYou are an outreach copywriter. Do not mention pricing.", fixed="Hi Ana, …")  # fmt: skip
def prompt_leak(view: View) -> Iterator[Note]:
    """Flag instructions, field names and JSON."""
    hint = "take it out: it belongs to the prompt"
    match = _JSON.search(view.text) or _SNAKE_VALUE.search(view.text)
    if match is not None and match.group() not in view.ground.text:
        yield Note("data or prompt marks in the message", hint, match.start(), match.end())
        return
    fields = list(_FIELD_LINE.finditer(view.text))
    if len(fields) >= 2 or (
        fields
        and ("_" in fields[0].group() or "=" in fields[0].group())
        and fields[0].group() not in view.ground.text
    ):
        yield Note("names of prompt fields", hint, fields[0].start(), fields[0].end())
        return
    labels = list(_LABELS.finditer(view.text))
    if len({match.group().strip() for match in labels}) >= 2:
        yield Note("labels of a brief", hint, labels[0].start(), labels[-1].end())
        return
    hits = [
        hit
        for hit in view.safety_phrases.get("leak", [])
        if not view.is_quoted(view.words.starts[hit.first]) and not _is_theirs(view, hit)
    ]
    if hits:
        yield Note("an instruction to the writer, not a sentence to the reader", hint, *view.span(hits[0]))


def _is_theirs(view: View, hit: Hit) -> bool:
    """Say whether the phrase speaks of the reader's own role or matter: its telling words stand in the ground truth."""
    words = [word for word in view.words.folded[hit.first : hit.last] if len(word) > 4]
    return bool(words) and all(view.ground.knows_word(word) for word in words)
