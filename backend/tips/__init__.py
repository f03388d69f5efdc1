"""Tips: what residents tell the police. Sealed from the first byte; an allegation, never a fact."""
