"""Records: the files of a collection, read in a narrow profile and checked for their shape."""
