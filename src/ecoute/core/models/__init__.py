from .audit import AuditEntry
from .counter import Counter
from .job import Job

__all__ = ["AuditEntry", "Counter", "Job"]
