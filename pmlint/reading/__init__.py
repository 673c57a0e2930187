"""Prose to values with places: times, zones, lengths, amounts, tasks."""
