"""Pictures as SVG: functions from values to text, the same text for the same values.

No scripts and no styles inside: classes say what a thing is and ``static/pictures.css`` how it looks, in light and in dark.
Every text is escaped where it is written (`transfers.site.pictures.drawing`). Each picture has a title and a description, and
whoever shows one puts the same facts beside it as text. `as_file` makes a picture that stands alone.
"""
