from .audit import AuditEntry
from .counter import Counter
from .job import Job, ScheduleTurn, WorkerSign
from .switch import Switch

__all__ = ["AuditEntry", "Counter", "Job", "ScheduleTurn", "Switch", "WorkerSign"]
