"""The widgets: each paints one thing and says what was done to it."""
