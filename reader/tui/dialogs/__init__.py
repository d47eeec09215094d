"""Dialogs: a box over the screen that asks for something and gives it back."""
