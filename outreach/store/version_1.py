"""The tables of store version 1, frozen: what step 1 of the migrations makes. Never edited; a change is a new step."""

import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "runs", metadata,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("started_at", sa.String(32), nullable=False),
    sa.Column("finished_at", sa.String(32)),
    sa.Column("as_of", sa.String(10), nullable=False),
    sa.Column("summary", sa.Text),
)  # fmt: skip

sa.Table(
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

sa.Table(
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
)  # fmt: skip

sa.Table(
    "old_drafts", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("outreach_id", sa.String(40), nullable=False, index=True),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(32), nullable=False),
)  # fmt: skip

sa.Table(
    "reviews", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("outreach_id", sa.String(40), nullable=False, index=True),
    sa.Column("decision", sa.String(10), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("binding", sa.String(64), nullable=False),
)  # fmt: skip

sa.Table(
    "accepted", metadata,
    sa.Column("prospect_id", sa.String(40), primary_key=True),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
)  # fmt: skip
