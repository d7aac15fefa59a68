"""How near is near. Cosines of the multilingual Universal Sentence Encoder on the demonstration corpus."""

MEANING_CUT = 0.30  # between a question in a few words and a verbatim
LIKE_CUT = 0.50  # between two verbatims
