"""The tests: unit (rules), integration (services and pages), journeys (a browser), architecture (imports, build)."""
