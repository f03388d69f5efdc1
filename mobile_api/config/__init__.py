"""How this server is set up."""
