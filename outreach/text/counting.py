"""A text in; its length as a channel or a model counts it out: characters, words, tokens."""


def channel_length(text: str) -> int:
    """Return the larger of code points and UTF-16 units: LinkedIn's counters differ for emoji, and the stricter one holds."""
    return max(len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def word_count(text: str) -> int:
    """Return the number of white-space tokens that hold a letter or a digit."""
    return sum(1 for token in text.split() if token.isalnum() or any(map(str.isalnum, token)))


def likely_tokens(text: str) -> int:
    """Return about how many tokens a text has for a language model: a quarter of its bytes in UTF-8. No tokeniser is asked."""
    return -(-len(text.encode("utf-8", "replace")) // 4)
