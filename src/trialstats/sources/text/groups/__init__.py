"""The ways in which a text lists its arms, and the phrases that stand for one arm each."""
