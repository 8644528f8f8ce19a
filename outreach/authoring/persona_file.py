"""The answers about a persona in; its commented YAML file out."""

from outreach.authoring.questions import question
from outreach.authoring.sheet import Item, Sheet, first, texts
from outreach.authoring.wording import new_id
from outreach.authoring.yaml_lines import comment, evidence, fill_in, flow, localised, scalar

_TERMS = {
    "responsibilities": ("responsibilities", "what this person answers for"),
    "metrics": ("success_metrics", "figures this person is measured by"),
    "objections": ("objections", "what such people say when they do not want it"),
}
_PAIN_SHAPE = (
    "pain_points:", "  - id: slow-replies", '    text: "a clause that can follow a colon"',
    '    question: "A question about it that is answered in one line?"',
    '    remark: "One hedged general sentence about it often helps."', "    signals: [hiring]",
)  # fmt: skip


def persona_yaml(sheet: Sheet, source: str, origin: str, confidence: str, language: str, own: str) -> str:
    """Return the file.

    Args:
        sheet: answers by question.
        source: the name of the file the quotes are from; empty where there is none.
        origin: where the statements come from, for `evidence`.
        confidence: high, medium or low.
        language: what the answers are written in.
        own: the language of plain texts in the file.
    """
    lines = [
        comment(
            f"The persona {first(sheet, 'name')}: who they are, what troubles them, how they like to be written to."
        ),
        f"id: {scalar(first(sheet, 'id'))}",
        *evidence(sheet["name"][0], source),
        f"name: {scalar(first(sheet, 'name'))}",
        *evidence(sheet["buying_role"][0], source),
        f"buying_role: {first(sheet, 'buying_role')}",
        "match:                       # how a title is recognised; a title found word for word goes before the rest",
        *_listed("  titles:", sheet.get("titles", ()), source, "    "),
        *(f"  {name}: {flow(texts(sheet, name))}" for name in ("functions", "seniority") if sheet.get(name)),
    ]
    for name, (key, about) in _TERMS.items():
        lines += _texts(name, key, about, sheet, source, language, own)
        if name == "responsibilities":
            lines += _pains(sheet, source, language, own)
    lines += _communication(sheet)
    if sheet.get("vocabulary"):
        lines += _listed(
            "vocabulary:                  # terms of their trade", sheet["vocabulary"], source, "  "
        )
    else:
        lines += fill_in(
            "vocabulary", question("persona", "vocabulary").fill, ("vocabulary: [SLA, backlog]",)
        )
    lines += [f"evidence: {scalar(origin)}", f"confidence: {confidence}"]
    return "\n".join(lines) + "\n"


def _listed(head: str, items: tuple[Item, ...], source: str, indent: str) -> list[str]:
    lines = [head]
    for item in items:
        lines += [*evidence(item, source, indent), f"{indent}- {scalar(item.text)}"]
    return lines


def _texts(name: str, key: str, about: str, sheet: Sheet, source: str, language: str, own: str) -> list[str]:
    if not sheet.get(name):
        return fill_in(key, question("persona", name).fill, (f"{key}:", "  - …"))
    lines = [f"{key}:".ljust(28) + f" # {about}"]
    for item in sheet[name]:
        lines += [*evidence(item, source, "  "), f"  - {localised(item.text, language, own)}"]
    return lines


def _pains(sheet: Sheet, source: str, language: str, own: str) -> list[str]:
    if not sheet.get("pains"):
        return fill_in("pain_points", question("persona", "pains").fill, _PAIN_SHAPE)
    lines = [
        "pain_points:                 # the angles of messages: one idea each, in the words such people use"
    ]
    taken: set[str] = set()
    for item in sheet["pains"]:
        lines += [*evidence(item, source, "  "), f"  - id: {scalar(new_id(item.text, taken))}",
                  f"    text: {localised(item.text, language, own)}"]  # fmt: skip
        lines += [
            f"    {key}: {localised(item.part(key), language, own)}"
            for key in ("question", "remark")
            if item.part(key)
        ]
        if item.parts.get("signals"):
            lines.append(f"    signals: {flow(item.parts['signals'])}")
    return lines


def _communication(sheet: Sheet) -> list[str]:
    lines = ["communication:"]
    lines += [f"  {key}: {first(sheet, key)}" for key in ("formality", "evidence") if first(sheet, key)]
    return [*lines, f"  avoid: {flow(texts(sheet, 'avoid'))}"]
