"""Language models behind an OpenAI-compatible address. Nothing is sent that was not masked, nor unless switched on."""
