"""The answers about an offer in; the commented offer.yaml out."""

from outreach.authoring.questions import question
from outreach.authoring.sheet import Item, Sheet, first, texts
from outreach.authoring.wording import new_id
from outreach.authoring.yaml_lines import FILL_IN, evidence, fill_in, flow, localised, scalar

_HEAD = """\
# What to say: the only things a draft may say of you. Everything else in a draft must rest on a fact about the prospect,
# on what the persona's role is known to face, or be a question, a hedge or a courtesy."""
_CLAIM_SHAPE = (
    "claims:", "  - id: reply-time", '    text: "One or two whole sentences, with whose result it was and over which time."',
    "    answers: [slow-replies]   # ids of pains, see outreach personas NAME", '    proof: "what you hold that shows it"',
    "    kind: figure              # or peer, method, product",
)  # fmt: skip
_ASK_SHAPE = (
    "asks:", '  - {id: write-up, text: "a two-page write-up of how they did it", kind: asset, weight: light}',
    '  - {id: summary, text: "a one-page summary to pass on", kind: forward, weight: light}',
)  # fmt: skip


def offer_yaml(sheet: Sheet, source: str, origin: str, confidence: str, language: str, own: str) -> str:
    """Return the file; arguments as in `persona_file.persona_yaml`."""
    lines = [*_HEAD.split("\n"), *_sender(sheet, source, language, own)]
    lines += _needed("product", sheet, source, language, own)
    if sheet.get("topic"):
        lines += [
            *evidence(sheet["topic"][0], source),
            f"topic: {localised(first(sheet, 'topic'), language, own)}",
        ]
    else:
        lines += fill_in("topic", question("offer", "topic").fill, ("topic: ramping new reps",))
    lines += _claims(sheet, source, language, own)
    lines += _asks(sheet, source, language, own)
    lines += [
        f"never_say: {flow(texts(sheet, 'never_say'))}",
        f"evidence: {scalar(origin)}",
        f"confidence: {confidence}",
    ]
    return "\n".join(lines) + "\n"


def _sender(sheet: Sheet, source: str, language: str, own: str) -> list[str]:
    name = first(sheet, "sender")
    lines = ["sender:", f"  name: {scalar(name or FILL_IN + question('offer', 'sender').fill)}"]
    if first(sheet, "sender_title"):
        lines.append(f"  title: {scalar(first(sheet, 'sender_title'))}")
    company = sheet.get("company", (Item(FILL_IN + question("offer", "company").fill),))[0]
    lines += [*evidence(company, source, "  "), f"  company: {scalar(company.text)}"]
    if name:
        lines.append(f"  signature: {scalar(name.split()[0])}")
    for key in ("postal_address", "opt_out"):
        if first(sheet, key):
            text = first(sheet, key)
            lines.append(f"  {key}: {localised(text, language, own) if key == 'opt_out' else scalar(text)}")
        else:
            lines += ["  " + line for line in fill_in(key, question("offer", key).fill, (f"{key}: …",))]
    return lines


def _needed(key: str, sheet: Sheet, source: str, language: str, own: str) -> list[str]:
    item = sheet.get(key, (Item(FILL_IN + question("offer", key).fill),))[0]
    return [
        *evidence(item, source),
        f"{key}: {localised(item.text, language if sheet.get(key) else own, own)}",
    ]


def _claims(sheet: Sheet, source: str, language: str, own: str) -> list[str]:
    if not sheet.get("claims"):
        return fill_in("claims", question("offer", "claims").fill, _CLAIM_SHAPE)
    lines = [
        "claims:                      # locked: used as they stand. answers: ids of pains, see outreach personas NAME"
    ]
    taken: set[str] = set()
    for item in sheet["claims"]:
        lines += [*evidence(item, source, "  "), f"  - id: {scalar(new_id(item.text, taken))}",
                  f"    text: {localised(item.text, language, own)}", f"    kind: {item.part('kind') or 'peer'}"]  # fmt: skip
        lines += _or_fill(
            "answers", item, flow(item.parts.get("answers", ())), "the ids of the pains it answers"
        )
        lines += _or_fill("proof", item, scalar(item.part("proof")), "what you hold that shows it is true")
    return lines


def _or_fill(key: str, item: Item, shown: str, what: str) -> list[str]:
    if item.parts.get(key):
        return [f"    {key}: {shown}"]
    empty = "[]" if key == "answers" else '""'
    return [f"    # {FILL_IN}{key}: {what}", f"    {key}: {empty}"]


def _asks(sheet: Sheet, source: str, language: str, own: str) -> list[str]:
    if not sheet.get("asks"):
        return fill_in("asks", question("offer", "asks").fill, _ASK_SHAPE)
    lines = ["asks:                        # lightest first"]
    taken: set[str] = set()
    for item in sorted(
        sheet["asks"], key=lambda one: ("light", "medium", "heavy").index(one.part("weight") or "light")
    ):
        lines += [*evidence(item, source, "  "), f"  - id: {scalar(new_id(item.text, taken))}",
                  f"    text: {localised(item.text, language, own)}",
                  f"    kind: {item.part('kind') or 'asset'}", f"    weight: {item.part('weight') or 'light'}"]  # fmt: skip
    return lines
