"""From print to tokens: spellings made alike, words cut into letters that the readers search."""
