"""What the resources of all features stand on; it imports no feature's room."""
