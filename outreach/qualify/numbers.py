"""A known range and the bounds an ICP asks for in; whether it lies within, as an outcome and a phrase."""

import math

from outreach.domain.people import Range
from outreach.domain.vocabulary import Fit

# A range that lies partly inside is counted by the part of it that does, on a logarithmic scale, because firms thin out
# with size: 51–200 against `max: 150` is four fifths inside. Half or more is a fit, a tenth or less is a mismatch,
# and what lies between says too little: unknown.
_MOSTLY_INSIDE = 0.5
_HARDLY_INSIDE = 0.1


def judge_range(known: Range | None, low: float | None, high: float | None) -> tuple[Fit, str]:
    """Return the outcome and a phrase such as `120 within 50–1000`.

    Args:
        known: what the list says, both ends inclusive; an open lower end counts from 0.
        low: the criterion's minimum, or None.
        high: the criterion's maximum, or None.
    """
    if known is None or (known.low is None and known.high is None):
        return "unknown", "unknown"
    shown, bounds = _range_text(known), _bounds_text(low, high)
    start, end = known.low or 0.0, math.inf if known.high is None else known.high
    least, most = -math.inf if low is None else low, math.inf if high is None else high
    if end < least:
        return "unfit", f"{shown} below {bounds}"
    if start > most:
        return "unfit", f"{shown} above {bounds}"
    if least <= start and end <= most:
        return "fit", f"{shown} within {bounds}"
    return _judge_part(shown, bounds, _share_inside(start, end, least, most))


def _judge_part(shown: str, bounds: str, share: float | None) -> tuple[Fit, str]:
    if share is None:
        return "unknown", f"{shown} has an open end and may lie inside or outside {bounds}"
    if share >= _MOSTLY_INSIDE:
        return "fit", f"{shown} mostly within {bounds}"
    if share <= _HARDLY_INSIDE:
        return "unfit", f"{shown} almost all outside {bounds}"
    return "unknown", f"{shown} only partly within {bounds}, too little to tell"


def _share_inside(start: float, end: float, least: float, most: float) -> float | None:
    if math.isinf(end):
        return None
    whole = math.log1p(end) - math.log1p(start)
    part = math.log1p(min(end, most)) - math.log1p(max(start, least))
    return part / whole if whole > 0 else 1.0


def _range_text(known: Range) -> str:
    if known.high is None:
        return f"{amount(known.low or 0)} or more"
    if known.low is None:
        return f"up to {amount(known.high)}"
    if known.low == known.high:
        return amount(known.low)
    return f"{amount(known.low)}–{amount(known.high)}"


def _bounds_text(low: float | None, high: float | None) -> str:
    if low is None:
        return "any size" if high is None else f"{amount(high)} or less"
    return f"{amount(low)} or more" if high is None else f"{amount(low)}–{amount(high)}"


def amount(value: float) -> str:
    """Return a number for people: `120`, `12500`, `4.5M`, `1.2B`."""
    for unit, size in (("B", 1e9), ("M", 1e6)):
        if abs(value) >= size:
            return f"{value / size:.4g}{unit}"
    return f"{value:g}" if value != int(value) else str(int(value))
