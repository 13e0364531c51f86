"""What is measured, beside whom: `python -m benchmarks` runs everything in one go."""
