"""What the application does: one module per noun, each use case one function."""
