"""How well a change map agrees with reference data."""
