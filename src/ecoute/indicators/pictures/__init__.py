"""Figures to charts, with the words around them: titles, base lines, notes, links to the words behind."""
