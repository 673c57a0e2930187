"""The language server: what pmlint says while somebody writes.

Each module turns what was read of a document into one kind of answer, without side
effects; ``server`` holds the open documents, and ``features`` binds the requests of the
protocol to both. They need the extra ``pmlint[lsp]``.
"""
