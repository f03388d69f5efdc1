"""What all features store about one resident, and how it is deleted."""
