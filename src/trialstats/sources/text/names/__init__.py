"""By which names a text speaks of its arms, and where."""
