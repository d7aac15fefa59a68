"""The engines of text analysis: one step a folder, one engine a file, and the registry that holds them."""
