"""The service's own settings, and one address more: an empty page to compare with."""

from lokalnet.project.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
