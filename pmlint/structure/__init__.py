"""Text to section tree: lines, labels, headings, and the roles they play.

``sections`` walks over the lines, and each kind of candidate has a module of its own:

* ``headings`` of Markdown and HTML, ``labelled`` for ``Impact: …``, ``lone`` for a name
  on a line of its own, ``items`` for numbered names, ``header`` for front matter and the
  rows of a table, ``own_words`` for lines over a list that bear no name.
* ``page`` answers what candidates ask of the lines around them, ``outline`` what they ask
  of the sections found so far; ``nesting``, ``endings`` and ``measures`` tell what a
  section may hold and what ends it.
* ``roles`` settles what only the whole document can tell, ``chronicle`` finds events told
  below no heading, ``posts`` the posts of a status page.
* ``vocabulary`` and ``wordings`` tell which words name a part; ``text``, ``inline`` and
  ``lines`` are the words themselves, each with its place in the source.
"""
