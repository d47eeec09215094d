"""The parts of screens: each has its own state and says by messages what became of it."""
