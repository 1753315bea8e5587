"""Text -> Paper: from the words of an abstract to its claims, each with its place."""
