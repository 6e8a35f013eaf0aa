"""Evidence: quotes found in the text of their article, and records bound to it."""
