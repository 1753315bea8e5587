"""The cheapest common choices of one paper: tables of candidates, neither claims nor checks."""
