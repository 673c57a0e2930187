"""The language server: what pmlint says while somebody writes.

Each module turns what was read of a document into one kind of answer, without side
effects; ``server`` holds the open documents and speaks the protocol. Only ``server`` and
what it imports need the extra ``pmlint[lsp]``.
"""
