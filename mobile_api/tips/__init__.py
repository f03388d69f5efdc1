"""Tips of residents."""
