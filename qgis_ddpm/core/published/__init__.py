"""Importing published checkpoints."""
