"""What watches over a run: its database, its progress."""
