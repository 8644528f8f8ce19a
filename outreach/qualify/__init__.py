"""A prospect, the ICP and the personas in; two verdicts with reasons and a decision out."""
