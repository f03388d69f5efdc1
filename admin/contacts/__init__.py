"""How the ward's police can be reached, as their chief tells it to residents."""
