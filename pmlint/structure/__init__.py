"""Text to section tree: lines, labels, headings, and the roles they play."""
