"""Fixes applied: each verified by reading the mended text again."""
