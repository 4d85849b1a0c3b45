"""The JSON API, version 1: the same services as the pages, for programs with a token."""

from planner.web.api.install import install

__all__ = ["install"]
