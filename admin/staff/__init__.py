"""Staff: who works here, who may open tips, who gets an account."""
