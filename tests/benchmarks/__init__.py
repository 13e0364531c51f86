"""Tests of how the engine is measured."""
