"""Everything around a model: a prompt in, a completion out, with cache, retries, rate, budget and prices on the way."""
