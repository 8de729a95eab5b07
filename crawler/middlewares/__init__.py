"""Politeness and the wire: what stands between the spider and the site."""
