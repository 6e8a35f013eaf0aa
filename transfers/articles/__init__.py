"""Articles: the file as it was read, and the text that quotes are spans of."""
