"""What a sentence rests on: facts, claims, role knowledge, and the angles made of them."""
