"""The heads: what each reads of a model, and how it decides."""
