"""A plan in; a judged draft out: the offline writer, or an LLM's answer read, judged and repaired."""
