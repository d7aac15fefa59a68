from .analysis import AnalysisRun, DiscoveredSubject, Embedding
from .codebook import Codebook, Theme
from .importing import ImportBatch, ImportChange, ImportReject
from .saved_view import SavedView
from .segment import Segment, SegmentTheme
from .source import Source
from .verbatim import Masking, RawText, Reply, Verbatim, VerbatimService

__all__ = [
    "AnalysisRun",
    "Codebook",
    "DiscoveredSubject",
    "Embedding",
    "ImportBatch",
    "ImportChange",
    "ImportReject",
    "Masking",
    "RawText",
    "Reply",
    "SavedView",
    "Segment",
    "SegmentTheme",
    "Source",
    "Theme",
    "Verbatim",
    "VerbatimService",
]
