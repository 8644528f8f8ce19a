"""Approved drafts and a profile in; a tool's import file and the steps to paste into that tool out."""
