"""Text -> Paper: from the words of an abstract to its claims."""
