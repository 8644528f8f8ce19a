"""A workspace's calendar settings and a start in; the dates of plans and drafts out, laid on anew whenever they are shown.

Dates are no part of a draft: they are in no hash, and the store keeps none.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from outreach.domain.branches import day_text
from outreach.domain.lines import DraftedMessage, GenerateLine
from outreach.domain.plans import Plan
from outreach.planning.calendar import Cadence, Calendar, DayRange, Timed, cadence, default_start
from outreach.workspace.settings import CalendarSection, days_of


@dataclass(frozen=True)
class Dating:
    """When sequences start, and which days the sender has off."""

    start: datetime.date
    own_country: str | None = None
    skip: tuple[DayRange, ...] = ()
    given: bool = True
    """Whether a person named the start. Else it is each reader's first business day from then on, and nothing moved."""

    @classmethod
    def of(cls, settings: CalendarSection, today: datetime.date, start: datetime.date | None) -> "Dating":
        """Return the dating of a run at `today`; without a start, from the business day after it."""
        skip = tuple(days_of(text) for text in settings.skip)
        return cls(start or default_start(today), settings.country, skip, given=start is not None)

    def of_plan(self, plan: Plan) -> Cadence:
        """Return the dates of a plan; all of them come later by the days that its place in the list gives it."""
        return self._cadence(
            plan.steps, plan.prospect.country or plan.prospect.company.country, plan.start_day
        )

    def of_line(self, line: GenerateLine) -> Cadence:
        """Return the dates of a drafted sequence."""
        return self._cadence(line.messages, line.prospect.country, line.start_day)

    def dated(self, line: GenerateLine) -> GenerateLine:
        """Return the line with the dates of the steps that wait for nothing. What waits for the request has none."""
        dates = self.of_line(line).dates
        return line.model_copy(
            update={
                "messages": tuple(
                    message.model_copy(
                        update={"date": dates[message.step].date if message.after == "start" else None}
                    )
                    for message in line.messages
                )
            }
        )

    def _cadence(self, steps: Sequence[Timed], country: str | None, first_day: int) -> Cadence:
        calendar = Calendar(country, self.own_country, self.skip)
        start = self.start if self.given else calendar.next_business_day(self.start)[0]
        return cadence(steps, start, calendar, first_day=first_day)


def heading_of(message: DraftedMessage, line: GenerateLine, dates: Cadence | None) -> str:
    """Return a message's heading: `Step 2, day 2 after accepting: linkedin message, Thu 26 Nov if accepted Tue 24 Nov`."""
    day = day_text(message.day, message.after, line.wait_days)
    date = "" if dates is None else f", {dates.when(message.step)}"
    return f"Step {message.step}, {day}: {message.channel.replace('_', ' ')}{date}"


def calendar_lines(dates: Cadence | None) -> list[str]:
    """Return what a reader of dates must know: which days are left out, and why a step moved."""
    if dates is None:
        return []
    moved = [f"step {step}: {found.moved}" for step, found in dates.dates.items() if found.moved]
    return [f"dates: {dates.note}", *moved]
