"""One run over many documents: what is known already, who works, what is followed."""
