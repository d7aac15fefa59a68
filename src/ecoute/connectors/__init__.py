"""Ways in and out of other systems, one package each: ``mapping.py`` (pure) and ``client.py`` (thin)."""
