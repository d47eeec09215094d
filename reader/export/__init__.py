"""Articles with notes and highlights become documents."""
