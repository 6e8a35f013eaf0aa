"""The reading room: a Datasette over a copy of the database, with pages of this program's own.

`serving` makes the copy (`snapshot`), says what is in it (`metadata`) and starts Datasette; Datasette finds `plugin` by the
entry point of the package; `plugin` answers what is asked below ``/-/transfers`` with `pages` and guards all that is sent with
`security`. Pictures are SVG, drawn by `pictures`.
"""
