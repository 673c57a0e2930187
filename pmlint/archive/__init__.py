"""What an archive of postmortems knows: what comes back, and a page to look at it all.

    passages     one postmortem → its causes and tasks, dated
    similarity   passages → which of them say the same                (scikit-learn)
    collection   the archive that a document is held against, as the rule PM701 sees it
    reading      many files → what is wanted of each, by several processes
    entries      one postmortem → all that the page shows of it
    charts       numbers → SVG                                         (Vega-Lite)
    page         entries → one HTML file                               (Jinja)
    told         what came back → text and JSON
    store        what the archive held when it was read last

The libraries come with ``pip install "pmlint[report]"`` and are imported when needed.
"""
