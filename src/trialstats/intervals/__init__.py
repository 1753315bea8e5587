"""Forward statistics: counts or data in, intervals and P values out. Arrays in, arrays out; no text."""
