"""Many documents: isolated workers, resume, report, cluster.

From the command inwards: :mod:`~renja.batch.run` (one run on one output folder) → :mod:`~renja.batch.batch` (what
runs next) → :mod:`~renja.batch.plan` (which task a document needs, if any) → :mod:`~renja.batch.executors` (this
machine or a cluster) → :mod:`~renja.batch.supervisor` and :mod:`~renja.batch.isolation` (one worker process, tried
again when it dies) → :mod:`~renja.batch.worker` and :mod:`~renja.batch.perform` (inside that process).
"""
