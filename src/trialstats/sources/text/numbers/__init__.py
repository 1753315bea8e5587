"""What single numbers are by the words about them: parts of names, doses, grades, counts, totals."""
