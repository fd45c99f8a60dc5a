"""Many documents: isolated workers, resume, report, cluster."""
