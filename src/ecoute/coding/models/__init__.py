from .round import Reading, Round, RoundCoder, RoundItem

__all__ = ["Reading", "Round", "RoundCoder", "RoundItem"]
