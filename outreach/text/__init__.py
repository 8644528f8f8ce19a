"""What is true of text in any room: characters, sentences, words, numbers, languages and forms of address."""
