"""A lead list and a workspace in; verdicts, drafts and an account of every row out, resumable at any moment."""
