"""An unknown site: what its addresses look like, which are articles, how it is declared. No request here."""
