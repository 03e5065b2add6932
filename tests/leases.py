"""How long a claim holds in the tests of stores."""

LEASE = 0.3  # seconds, instead of thirty
