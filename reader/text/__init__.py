"""Text: hygiene, paragraphs, sentences, words, vectors, copies, languages."""
