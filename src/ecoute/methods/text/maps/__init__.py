"""A corpus on the plane: where each text stands among those that mean the same."""
