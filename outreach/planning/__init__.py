"""A qualified prospect, a sequence and a role policy in; the plan of every step out, before anything is paid for."""
