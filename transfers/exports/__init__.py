"""What leaves the database as a file, in formats that other programs read."""
