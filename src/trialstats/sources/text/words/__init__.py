"""The words that name measures, values, outcomes and person-time."""
