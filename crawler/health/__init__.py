"""Whether a source is still read as it used to be, by its own history: see docs/health.md."""
