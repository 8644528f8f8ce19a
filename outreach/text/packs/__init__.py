"""Language packs: one TOML file a language, with its word lists, number words and phrase families. Data only."""
