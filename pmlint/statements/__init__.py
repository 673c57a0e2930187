"""Sections to facts: one module a part of the postmortem."""
