"""Question sets, metrics, runs, reports."""
