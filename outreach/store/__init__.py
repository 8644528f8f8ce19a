"""Records in; rows of SQLite or Postgres out, and back: runs, what became of each row, drafts, reviews, accepted rows."""
