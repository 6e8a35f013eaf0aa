"""Rows and texts as people and programs want them: tables, pages, JSON, CSV. Nothing here opens, reads or prints anything."""
