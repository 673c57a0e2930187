"""The file system and what stands on it: finding, reading, replacing, changes, services."""
