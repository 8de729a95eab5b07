"""A report on a query: one web page that needs nothing else."""
