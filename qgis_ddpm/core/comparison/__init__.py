"""Comparing settings of a training."""
