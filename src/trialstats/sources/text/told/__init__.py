"""What single checks ask of a text beside its rows."""
