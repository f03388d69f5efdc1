"""What all features hold about one resident, and how it is forgotten."""
