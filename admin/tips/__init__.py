"""Tips: the queue, an opened tip, and what is done with it."""
