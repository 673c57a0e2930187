"""Checks: pure functions from facts to cases, told by rules what to look for.

Each takes the postmortem and the rule's parameters, to which ``template`` is added, and
yields a ``Case`` for each fault. What to say about a case stands in the rule's file.
"""
