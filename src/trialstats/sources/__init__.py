"""Sources: each room reads one kind of document and gives papers."""
