"""The answers about the ideal customer in; the commented icp.yaml out."""

from outreach.authoring.questions import question
from outreach.authoring.sheet import Item, Sheet, first, texts
from outreach.authoring.tables import load_table
from outreach.authoring.wording import new_id
from outreach.authoring.yaml_lines import evidence, fill_in, flow, scalar
from outreach.text.regions import country_code

_HEAD = "# Whom: the companies worth writing to. What is unknown about a company earns no points and is no mismatch."
#: A criterion of the file and the question that a missing one goes back to.
_LISTS = {"industry": "industries", "country": "countries", "technologies": "technologies"}
_RANGES = {"employees": "employees", "revenue_usd": "revenue"}
_ORDER = ("industry", "employees", "country", "technologies", "revenue_usd")


def icp_yaml(sheet: Sheet, source: str, origin: str, confidence: str) -> str:
    """Return the file; arguments as in `persona_file.persona_yaml`. An ICP holds no text that reaches a reader."""
    criteria: list[str] = []
    open_: list[str] = []
    for key in _ORDER:
        lines = _criterion(key, sheet, source)
        criteria += lines
        name = _LISTS.get(key) or f"{_RANGES[key]}_min"
        if not lines and question("icp", name).fill:
            open_ += fill_in(key, question("icp", name).fill, (f"  {key}: {_shape(key)}",))
    lines = [_HEAD, f"name: {scalar(first(sheet, 'name'))}"]
    if criteria:
        lines += ["criteria:                       # each criterion that fits earns its weight", *criteria]
    else:
        lines += [
            "criteria: {}                    # take {} away, and the # before the criteria that you fill in"
        ]
    lines += open_
    lines += _signals(sheet, source)
    lines += _exclude(sheet)
    lines += [f"evidence: {scalar(origin)}", f"confidence: {confidence}"]
    return "\n".join(lines) + "\n"


def has_criteria(sheet: Sheet) -> bool:
    """Say whether any answer makes a criterion."""
    return any(_criterion(key, sheet, "") for key in _ORDER)


def _criterion(key: str, sheet: Sheet, source: str) -> list[str]:
    weight = f"weight: {load_table('questions')['weights'][key]}"
    if key in _LISTS:
        items = sheet.get(_LISTS[key], ())
        if not items:
            return []
        what = f"any: {flow(item.text for item in items)}"
        if key == "country" and len(items) == 1 and not country_code(items[0].text):
            what = f"region: {scalar(items[0].text)}"
    else:
        items = sheet.get(f"{_RANGES[key]}_min", ()) + sheet.get(f"{_RANGES[key]}_max", ())
        bounds = [
            f"{end}: {first(sheet, f'{_RANGES[key]}_{end}')}"
            for end in ("min", "max")
            if sheet.get(f"{_RANGES[key]}_{end}")
        ]
        if not bounds:
            return []
        what = ", ".join(bounds)
    told = dict.fromkeys(line for item in items for line in evidence(item, source, "  "))
    return [*told, f"  {key}: {{{what}, {weight}}}"]


def _shape(key: str) -> str:
    return {
        "industry": "{any: [software], weight: 3}",
        "employees": "{min: 50, max: 1000, weight: 3}",
        "country": "{region: LATAM, weight: 2}",
        "technologies": "{any: [HubSpot], weight: 1}",
    }.get(key, "{min: 5000000, weight: 1}")


def _signals(sheet: Sheet, source: str) -> list[str]:
    if not sheet.get("signals"):
        return fill_in("signals", question("icp", "signals").fill, (
            "signals:", "  - {id: hiring-sales, kinds: [hiring], any: [SDR, account executive], weight: 2, fresh_days: 60}"))  # fmt: skip
    lines = ["signals:                        # facts that are a reason to write now"]
    taken: set[str] = set()
    for item in sheet["signals"]:
        words = item.parts.get("words", ())
        made = new_id(" ".join([item.text, *words[:1]]), taken)
        some = f"any: {flow(words)}, " if words else ""
        lines += [*evidence(item, source, "  "),
                  f"  - {{id: {scalar(made)}, kinds: [{item.text}], {some}weight: 1, fresh_days: {_days(item)}}}"]  # fmt: skip
    return lines


def _days(item: Item) -> str:
    return item.part("fresh_days") or "90"


def _exclude(sheet: Sheet) -> list[str]:
    lines = [
        "exclude:                        # never written to, whatever the fit",
        f"  domains: {flow(texts(sheet, 'exclude_domains'))}",
    ]
    return [
        *lines,
        "  # customers: customers.csv             # a CSV of those who buy already",
        "  # suppression: do-not-contact.csv      # a CSV of people and firms not to contact",
    ]
