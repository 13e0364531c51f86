"""What is measured, and beside whom; nothing here is a test."""
