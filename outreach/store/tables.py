"""The tables as SQLAlchemy sees them: records as JSON text beside the few columns that are queried."""

import sqlalchemy as sa

metadata = sa.MetaData()

#: One row: the schema's version, so that a store newer than the program is refused.
schema_version = sa.Table(
    "schema_version", metadata,
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("applied_at", sa.String(32), nullable=False),
)  # fmt: skip

#: One `generate` run over one list.
runs = sa.Table(
    "runs", metadata,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("started_at", sa.String(32), nullable=False),
    sa.Column("finished_at", sa.String(32)),
    sa.Column("as_of", sa.String(10), nullable=False),
    sa.Column("summary", sa.Text),
)  # fmt: skip

#: What became of each row in the last run over its list.
rows = sa.Table(
    "rows", metadata,
    sa.Column("source", sa.String(400), primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("run_id", sa.String(40), nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("outcome", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("prospect_id", sa.String(40)),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("outreach_id", sa.String(40)),
)  # fmt: skip

#: The current draft of each plan. `input_key` is the hash of all that made it: equal key, nothing to do again. `serial` counts
#: the versions of a plan from 1. What a store from before version 2 cannot know is null: origin, candidates, plan.
drafts = sa.Table(
    "drafts", metadata,
    sa.Column("outreach_id", sa.String(40), primary_key=True),
    sa.Column("input_key", sa.String(64), nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("binding", sa.String(64), nullable=False),
    sa.Column("prospect_id", sa.String(40), nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("persona", sa.String(100), nullable=False),
    sa.Column("verdict", sa.String(8), nullable=False),
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(32), nullable=False),
    sa.Column("serial", sa.Integer),
    sa.Column("origin", sa.Text),
    sa.Column("candidates", sa.Text),
    sa.Column("plan", sa.Text),
)  # fmt: skip

#: Drafts that a newer one replaced, and redrafts that were refused: nothing that a person may have read is ever lost.
old_drafts = sa.Table(
    "old_drafts", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("outreach_id", sa.String(40), nullable=False, index=True),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(32), nullable=False),
    sa.Column("serial", sa.Integer),
    sa.Column("origin", sa.Text),
    sa.Column("candidates", sa.Text),
)  # fmt: skip

#: Every decision of a person, bound to the hash of what was read. The newest one of a draft counts, if its binding holds.
reviews = sa.Table(
    "reviews", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("outreach_id", sa.String(40), nullable=False, index=True),
    sa.Column("decision", sa.String(10), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("binding", sa.String(64), nullable=False),
)  # fmt: skip

#: What prospects answered, as it was read, with the answer drafted to it. The newest one of a draft that is not undone counts.
replies = sa.Table(
    "replies", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("outreach_id", sa.String(40), nullable=False, index=True),
    sa.Column("prospect_id", sa.String(40), nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("undone_at", sa.String(32)),
)  # fmt: skip

#: Rows held for review that a person accepted: the flaw was seen and the row is good to go.
accepted = sa.Table(
    "accepted", metadata,
    sa.Column("prospect_id", sa.String(40), primary_key=True),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
)  # fmt: skip
