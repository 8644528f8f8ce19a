"""The nouns of the product: frozen, closed records with ids made from content. Imports nothing of ours."""
