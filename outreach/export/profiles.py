"""An export profile's file in; a record of what a tool reads and how sure we are of it out."""

from typing import Literal

from pydantic import Field

from outreach.domain.record import Record
from outreach.domain.vocabulary import Channel

Field_ = Literal[
    "outreach_id", "variant", "persona", "sequence", "language", "first_name", "last_name", "email", "linkedin_url",
    "company", "title",
]  # fmt: skip


class ExportProfile(Record):
    """What a sending tool's import file looks like."""

    id: str
    name: str
    confidence: Literal["documented", "secondhand", "inferred"]
    note: str = ""
    channels: tuple[Channel, ...] = Field(description="messages of other channels are left out, and said")
    columns: dict[Field_, str] = Field(description="our field: the tool's header, in order")
    texts: str = Field("NAME", description="header of a text column; NAME stands for its name")
    dates: bool = Field(
        default=False, description="whether each text has a column `…_date`: when it is due for this reader"
    )
    required_any: tuple[Field_, ...] = Field((), description="a row needs one of these")
    variables: str = Field(
        "{{NAME}}", description="how a step of the tool names a column; NAME stands for its header"
    )

    def header(self, name: str) -> str:
        """Return the header of a text column."""
        return self.texts.replace("NAME", name)

    def variable(self, name: str) -> str:
        """Return how the tool's step names a text column."""
        return self.variables.replace("NAME", self.header(name))
