"""Answers, source texts or a lead list in; commented personas, offers and ICPs out, and what is thin in those there are."""
