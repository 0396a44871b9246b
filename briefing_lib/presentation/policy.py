"""What a finished page may do: run its own script, show its own style and pictures, and nothing else."""

import base64
import hashlib


def content_security_policy(script: str) -> str:
    """Return the policy of a page whose one script is exactly this text.

    The script is allowed by its digest (Content Security Policy Level 3), so that no script in a document's text could
    run even if it reached the page as markup.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
