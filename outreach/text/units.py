"""The words after a number in; the unit of measure they name out, in any of the five languages."""

from collections.abc import Sequence

#: Units in which the same figure means something else: seconds to years, weights and lengths.
_UNITS: dict[str, str] = {
    name: unit
    for unit, names in {
        "second": "second seconds sec secs segundo segundos sekunde sekunden seconde secondes",
        "minute": "minute minutes min mins minuto minutos minuten",
        "hour": "hour hours hora horas stunde stunden heure heures h",
        "day": "day days dia dias tag tage tagen jour jours",
        "week": "week weeks semana semanas woche wochen semaine semaines",
        "month": "month months mes meses monat monate monaten mois",
        "year": "year years ano anos jahr jahre jahren an ans annee annees",
        "gram": "g gram grams gramme grammes gramo gramos grama gramas gramm",
        "kilo": "kg kilo kilos kilogram kilograms",
        "tonne": "tonne tonnes ton tons tonelada toneladas tonnen t",
        "metre": "metre metres meter meters metro metros m",
        "kilometre": "km kilometre kilometres kilometer kilometers kilometro kilometros",
        "litre": "litre litres liter liters litro litros",
    }.items()
    for name in names.split()
}


def measure(following: Sequence[str]) -> str | None:
    """Return the unit that the first of the folded words after a number names, None where it is none."""
    return _UNITS.get(following[0]) if following else None


#: Words that tell how long a span is besides the units themselves.
_SPANS: dict[str, str] = {
    name: unit
    for unit, names in {
        "day": "daily diario diarios diaria diariamente taglich tagliche journalier quotidien quotidienne journee",
        "week": "friday viernes freitag vendredi weekly semanal semanales semanais wochentlich hebdomadaire",
        "month": "monthly mensual mensuales mensal mensais monatlich mensuel mensuelle mensuels",
        "quarter": "quarter quarterly quarters trimestre trimestres trimestral quartal quartals trimestriel",
        "year": "yearly annual annually anual anuales anuais anualmente jahrlich annuel annuelle season saison",
    }.items()
    for name in names.split()
}
#: How many of the first make one of the second, as people count.
_PER: dict[tuple[str, str], tuple[float, ...]] = {
    ("minute", "hour"): (60,), ("minute", "day"): (1440,), ("hour", "day"): (24, 8), ("hour", "week"): (168, 40), ("day", "week"): (7, 5, 6), ("day", "month"): (30, 20, 22),
    ("day", "year"): (365, 250, 220, 260, 300), ("week", "month"): (4,), ("week", "quarter"): (13, 12), ("week", "year"): (52, 50), ("month", "quarter"): (3,), ("month", "year"): (12,), ("quarter", "year"): (4,),
}  # fmt: skip


def spans(folded: Sequence[str]) -> frozenset[str]:
    """Return the spans of time that words name: `a month`, `weekly`, `al año`."""
    return frozenset(unit for word in folded if (unit := _SPANS.get(word) or _UNITS.get(word)) in _TIMES)


_TIMES = frozenset({"minute", "hour", "day", "week", "month", "quarter", "year"})


def span_factors(known: frozenset[str], said: frozenset[str]) -> frozenset[float]:
    """Return what a figure over one of the known spans is multiplied or divided by to be one over one of the said ones."""
    found = set[float]()
    for one in known:
        for other in said:
            found.update(_PER.get((one, other), ()))
            found.update(1 / factor for factor in _PER.get((other, one), ()))
    return frozenset(found)


#: How many of a unit make the next one, where either is spoken of.
_SCALES = {
    "gram": 1000.0,
    "kilo": 1000.0,
    "tonne": 1000.0,
    "metre": 1000.0,
    "kilometre": 1000.0,
    "litre": 1000.0,
    "minute": 60.0,
    "hour": 60.0,
    "second": 60.0,
}


def unit_scales(folded: Sequence[str]) -> list[float]:
    """Return what figures are multiplied or divided by when the units that words name are changed for others."""
    return sorted({_SCALES[unit] for word in folded if (unit := _UNITS.get(word)) in _SCALES})
