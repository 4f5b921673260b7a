"""The content security policy of pages that formcheck wrote: the one in their own head."""

from __future__ import annotations

import re

_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"')
HEAD_LETTERS = 8192
NOTHING = "default-src 'none'"


def own_policy(page: str) -> str:
    """Returns the policy of a report or a progress page, for the answer's header.

    It allows the page's program by its hash, and no other; a page without one may load nothing.
    """
    found = _POLICY.search(page[:HEAD_LETTERS])
    policy = NOTHING if found is None else found[1].replace("&#39;", "'")
    return f"{policy}; frame-ancestors 'none'"
