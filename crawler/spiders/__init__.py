"""How we walk: one spider's behaviour serves every source."""
