"""The database: models, column types, engines and migrations, and the store that a crawl writes through."""
