from .corpus_map import CorpusMap
from .expectation import ExpectationGroup, ExpectationPassage, Grouping

__all__ = ["CorpusMap", "ExpectationGroup", "ExpectationPassage", "Grouping"]
