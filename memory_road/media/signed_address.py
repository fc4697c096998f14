"""Addresses of files in object storage that carry their own permission for a while (AWS Signature Version 4).

Written out here because the answer's headers must be signed along with the file, which obstore's own signing leaves
out. Source: the Amazon S3 API reference, "Authenticating requests: using query parameters".
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs addresses below ``endpoint``, an address without a path at the end of which no slash stands."""

    endpoint: str
    region: str
    bucket: str
    key: str
    secret: str = field(repr=False)

    def address(self, file: str, seconds: int, answer: Mapping[str, str], moment: datetime) -> str:
        """The address of ``file``, good for so many seconds from ``moment`` (UTC). ``answer`` overrides headers of the
        answer, named as S3 names them, such as ``response-content-type``."""
        parts = urlsplit(self.endpoint)
        host = parts.netloc.removesuffix(_DEFAULT_PORTS[parts.scheme])
        stamp, day = moment.strftime("%Y%m%dT%H%M%SZ"), moment.strftime("%Y%m%d")
        scope = f"{day}/{self.region}/s3/aws4_request"
        path = quote(f"/{self.bucket}/{file}", safe="/~")
        asked = {
            "X-Amz-Algorithm": _ALGORITHM,
            "X-Amz-Credential": f"{self.key}/{scope}",
            "X-Amz-Date": stamp,
            "X-Amz-Expires": str(seconds),
            "X-Amz-SignedHeaders": "host",
            **answer,
        }
        query = "&".join(f"{quote(name, safe='~')}={quote(asked[name], safe='~')}" for name in sorted(asked))
        canonical = "\n".join(("GET", path, query, f"host:{host}", "", "host", "UNSIGNED-PAYLOAD"))
        to_sign = "\n".join((_ALGORITHM, stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
        signing = f"AWS4{self.secret}".encode()
        for part in (*scope.split("/"), to_sign):
            signing = hmac.digest(signing, part.encode(), "sha256")
        return f"{parts.scheme}://{host}{path}?{query}&X-Amz-Signature={signing.hex()}"
