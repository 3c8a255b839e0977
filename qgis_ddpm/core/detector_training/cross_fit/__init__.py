"""Heads that leave out other pairs each, trained side by side on tiles that are altered anew at each step."""
