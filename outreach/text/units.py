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
