"""Whose a result is: how values and arms are laid out in a sentence."""
