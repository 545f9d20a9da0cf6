"""A PDF of a paper, and what is on it: LibreOffice, the fonts it prints with, pages as pictures, their marks read back.

Nothing here knows Word. Whether a PDF says what its paper says is proved one floor up, in `xuncha_docs.converting`.
"""
