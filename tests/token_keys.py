"""What installations' tokens are closed with in tests: a key, and the one before it."""

import base64

KEY, OLD_KEY = (base64.urlsafe_b64encode(bytes([n] * 32)).decode() for n in (1, 2))
