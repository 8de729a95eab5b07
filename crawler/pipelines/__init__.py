"""The steps from a page to a row, a class a file, in the order of the settings."""
