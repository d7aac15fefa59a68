"""Codebooks: themes as data, and the default one."""

from .loading import codebook_from_dict, codebook_to_dict, load, load_default
from .model import Codebook, CodebookError, Theme

__all__ = ["Codebook", "CodebookError", "Theme", "codebook_from_dict", "codebook_to_dict", "load", "load_default"]
