"""How often a property is tried: enough to find a slip, few enough for every run."""

from hypothesis import HealthCheck, settings

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

often = settings(max_examples=300, deadline=None, database=None, suppress_health_check=_QUIET)
seldom = settings(max_examples=25, deadline=None, database=None, suppress_health_check=_QUIET)
sometimes = settings(max_examples=80, deadline=None, database=None, suppress_health_check=_QUIET)
