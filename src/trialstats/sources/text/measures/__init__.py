"""What an estimate measures."""
