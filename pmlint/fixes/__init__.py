"""What mends a finding: edits and what they promise. One module a kind of fix.

A fix is built from the facts alone, and only where its result is certain; it is
verified by reading the result again (``pmlint.mend.rewrite``).
"""
