"""Tandem: a municipality's mentoring programme as a web service."""
