"""Messages with their context in; findings, verdicts and scores out: deterministic, offline, in five languages."""
