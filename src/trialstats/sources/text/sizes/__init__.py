"""Numbers of patients: of each arm, and of all."""
