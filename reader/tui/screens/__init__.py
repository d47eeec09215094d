"""The screens: each is one thing to do."""
