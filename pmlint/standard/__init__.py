"""The standard as data: rules and templates, loaded and compiled from their TOML files."""
