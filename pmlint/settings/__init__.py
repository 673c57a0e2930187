"""What a team configures: the file, the shapes of its values, their schemas."""
