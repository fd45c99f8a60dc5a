"""The review page and the corrections it gives."""
