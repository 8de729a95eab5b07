"""From text to judgements: addresses, normalisation, language, fingerprints, relevance. No markup, no rows."""
