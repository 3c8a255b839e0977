"""Scores of change by other processes."""
