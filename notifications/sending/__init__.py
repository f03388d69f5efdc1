"""What the tasks of all features send with; it imports no feature's file."""
