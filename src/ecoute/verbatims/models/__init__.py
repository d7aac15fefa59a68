from .analysis import AnalysisRun, DiscoveredSubject, Embedding, SegmentVectors
from .codebook import Codebook, CodebookVersion, LearnedCoder, Theme
from .importing import ImportBatch, ImportChange, ImportReject
from .saved_view import SavedView
from .segment import Segment, SegmentTheme
from .source import Source
from .verbatim import Masking, MaskingDecision, RawText, Reply, Verbatim, VerbatimService

__all__ = [
    "AnalysisRun",
    "Codebook",
    "CodebookVersion",
    "DiscoveredSubject",
    "Embedding",
    "ImportBatch",
    "ImportChange",
    "ImportReject",
    "LearnedCoder",
    "Masking",
    "MaskingDecision",
    "RawText",
    "Reply",
    "SavedView",
    "Segment",
    "SegmentTheme",
    "SegmentVectors",
    "Source",
    "Theme",
    "Verbatim",
    "VerbatimService",
]
