"""Releases: a folder that somebody can cite, and what holds one release to the one before it."""
