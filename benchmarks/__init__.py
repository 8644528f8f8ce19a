"""Ratios measured side by side in one run: this says what is fast, the tests only say what is right."""
