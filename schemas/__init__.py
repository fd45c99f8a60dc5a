"""The declared tables and what must hold in them; knows nothing of how a value was read.

:mod:`schemas.loader` and :mod:`schemas.rules_loader` read the YAML files beside them. :mod:`schemas.prove` is the
order of the work: :mod:`schemas.repair` settles doubtful readings that exactly one value explains, then
:mod:`schemas.check` reports what does not hold. Both go over the same relations: formulas, sums and equalities
(``*_relations``), built by :mod:`schemas.document_relations`; what is no arithmetic has a ``check_*`` module of its
own.
"""
