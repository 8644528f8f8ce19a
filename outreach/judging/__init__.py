"""Messages that the rules have judged in; what an LLM adds out: opinions by criterion, their calibration, blind comparison."""
