"""From text to judgements: addresses, normalisation, language, fingerprints, relevance."""
