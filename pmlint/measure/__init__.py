"""What the facts of postmortems amount to: one incident's times, an archive's numbers.

Pure functions from facts to values; every value keeps the lines that tell it.
"""
