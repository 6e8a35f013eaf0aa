"""Bring a database to the schema that this program expects, and tell whether it has it.

`transfers.schema.head` is cheap and may be imported by every command. The rest imports Alembic only when a database is not at
head.
"""
