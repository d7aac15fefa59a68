"""Finding verbatims by their words and by their meaning."""
