from .analysis import AnalysisRun, DiscoveredSubject, Embedding, SegmentVectors
from .codebook import Codebook, CodebookVersion, LearnedCoder, Theme
from .importing import ImportBatch, ImportChange, ImportReject
from .saved_view import SavedView
from .segment import Correction, Segment, SegmentTheme, SetAsideDecisions
from .source import Source
from .verbatim import Masking, MaskingDecision, RawText, Reply, Verbatim, VerbatimService

__all__ = [
    "AnalysisRun",
    "Codebook",
    "CodebookVersion",
    "Correction",
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
    "SetAsideDecisions",
    "Source",
    "Theme",
    "Verbatim",
    "VerbatimService",
]
