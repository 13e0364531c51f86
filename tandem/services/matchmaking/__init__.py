"""What the application does with the engine: the only package that imports matching."""
