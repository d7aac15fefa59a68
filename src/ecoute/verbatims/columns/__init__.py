"""The listening base as columns in memory: every count in milliseconds, exact, fresh at each request."""
