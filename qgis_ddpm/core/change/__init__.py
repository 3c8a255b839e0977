"""Mapping what changed between two dates."""
