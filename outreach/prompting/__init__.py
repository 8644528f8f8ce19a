"""Prompt files and a plan in; exactly what an LLM gets out."""
