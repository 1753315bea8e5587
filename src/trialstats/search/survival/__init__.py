"""Standard error and effective sample size behind a printed Kaplan-Meier rate."""
