"""A lead list in any export's dialect in; rows out, each with a prospect or the reason why there is none."""
