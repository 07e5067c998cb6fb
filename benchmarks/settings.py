"""The settings of the portal, with the addresses of benchmarks/urls.py."""

from unga_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
