"""Who may see what. To be completed."""
