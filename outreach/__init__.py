"""Lead list and offer in; qualified prospects and judged drafts out. It never sends."""

__version__ = "0.1.0"
