"""The page in the browser: built by ``build``, answered by ``bridge``."""
