"""The door of the directory (see README)."""
