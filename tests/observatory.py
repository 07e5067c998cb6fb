"""The scoring of Mozilla's HTTP Observatory, for one route, from the answer's own headers.

The names and modifiers are those of the published table (github.com/mdn/mdn-http-observatory,
src/grader/charts.js; in words: github.com/mozilla/http-observatory, httpobs/docs/scoring.md). The
tests of single headers follow src/analyzer/tests/ there. Left out is what only a scan from outside
can know: whether the domain is preloaded, whether its certificate is valid.
"""

import re
from dataclasses import dataclass
from http.cookies import Morsel
from urllib.parse import urlsplit

from django.http.response import HttpResponseBase

BASELINE = 100
# Bonuses count only for who deserves this much without them.
LEAST_FOR_A_BONUS = 90
SIX_MONTHS = 15_552_000

MODIFIERS = {
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-not-implemented": -25,
    "cookies-secure-with-httponly-sessions-and-samesite": 5,
    "cookies-secure-with-httponly-sessions": 0,
    "cookies-not-found": 0,
    "cookies-without-secure-flag": -20,
    "cookies-samesite-flag-invalid": -20,
    "cookies-anticsrf-without-samesite-flag": -20,
    "cookies-session-without-httponly-flag": -30,
    "cookies-session-without-secure-flag": -40,
    "cross-origin-resource-sharing-not-implemented": 0,
    "cross-origin-resource-sharing-implemented-with-public-access": 0,
    "cross-origin-resource-sharing-implemented-with-universal-access": -50,
    "redirection-to-https": 0,
    "redirection-off-host-from-http": -5,
    "redirection-not-to-https": -20,
    "redirection-missing": -20,
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "sri-not-implemented-but-no-scripts-loaded": 0,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-not-implemented-and-external-scripts": -50,
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-sameorigin-or-deny": 0,
    "x-frame-options-not-implemented": -20,
    "cross-origin-resource-policy-implemented": 10,
    "cross-origin-resource-policy-allows-cross-origin": 0,
    "cross-origin-resource-policy-not-implemented": 0,
    "cross-origin-resource-policy-header-invalid": -5,
}
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}

Policy = dict[str, set[str]]


@dataclass(frozen=True)
class Score:
    findings: tuple[str, ...]

    @property
    def points(self) -> int:
        modifiers = [MODIFIERS[finding] for finding in self.findings]
        without_bonus = BASELINE + sum(value for value in modifiers if value < 0)
        if without_bonus < LEAST_FOR_A_BONUS:
            return max(without_bonus, 0)
        return BASELINE + sum(modifiers)


def score(plain: HttpResponseBase, secure: HttpResponseBase) -> Score:
    """Judge one route by its answers over HTTP and over HTTPS."""
    policy = policy_of(secure)
    return Score(
        (
            content_security_policy(policy),
            cookies(list(secure.cookies.values())),
            cross_origin_resource_sharing(secure),
            redirection(plain),
            referrer_policy(secure),
            strict_transport_security(secure),
            subresource_integrity(secure),
            content_type_options(secure),
            frame_options(secure, policy),
            cross_origin_resource_policy(secure),
        )
    )


def policy_of(response: HttpResponseBase) -> Policy:
    policy: Policy = {}
    for directive in response.get("Content-Security-Policy", "").split(";"):
        name, *sources = directive.lower().split() or [""]
        if name:
            policy.setdefault(name, set(sources))
    return policy


def content_security_policy(policy: Policy) -> str:
    if not policy:
        return "csp-not-implemented"
    default = policy.get("default-src", {"*"})
    script, style, other = (
        policy.get(name, default) for name in ("script-src", "style-src", "object-src")
    )
    if script & (BROAD | INLINE) or other & BROAD:
        return "csp-implemented-with-unsafe-inline"
    if any(source.startswith(("http:", "ftp:")) for part in policy.values() for source in part):
        return "csp-implemented-with-insecure-scheme"
    if "'unsafe-eval'" in script | style:
        return "csp-implemented-with-unsafe-eval"
    if style & (BROAD | INLINE):
        return "csp-implemented-with-unsafe-inline-in-style-src-only"
    if default == {"'none'"}:
        return "csp-implemented-with-no-unsafe-default-src-none"
    return "csp-implemented-with-no-unsafe"


def cookies(found: list[Morsel[str]]) -> str:
    """Name the worst of them."""
    if not found:
        return "cookies-not-found"
    return min((cookie_finding(cookie) for cookie in found), key=lambda name: MODIFIERS[name])


def cookie_finding(cookie: Morsel[str]) -> str:
    name = cookie.key.lower()
    is_session = "login" in name or "sess" in name
    if not cookie["secure"]:
        return f"cookies-{'session-' if is_session else ''}without-secure-flag"
    if is_session and not cookie["httponly"]:
        return "cookies-session-without-httponly-flag"
    if not cookie["samesite"]:
        if "csrf" in name:
            return "cookies-anticsrf-without-samesite-flag"
        return "cookies-secure-with-httponly-sessions"
    if cookie["samesite"].lower() not in {"lax", "strict", "none"}:
        return "cookies-samesite-flag-invalid"
    return "cookies-secure-with-httponly-sessions-and-samesite"


def cross_origin_resource_sharing(response: HttpResponseBase) -> str:
    start = "cross-origin-resource-sharing"
    if not response.has_header("Access-Control-Allow-Origin"):
        return f"{start}-not-implemented"
    if response.has_header("Access-Control-Allow-Credentials"):
        return f"{start}-implemented-with-universal-access"
    return f"{start}-implemented-with-public-access"


def redirection(plain: HttpResponseBase) -> str:
    if plain.status_code not in {301, 302, 303, 307, 308}:
        return "redirection-missing"
    target = urlsplit(plain["Location"])
    if target.scheme != "https":
        return "redirection-not-to-https"
    if target.hostname != "testserver":
        return "redirection-off-host-from-http"
    return "redirection-to-https"


def referrer_policy(response: HttpResponseBase) -> str:
    if not response.has_header("Referrer-Policy"):
        return "referrer-policy-not-implemented"
    last = response["Referrer-Policy"].lower().split(",")[-1].strip()
    return "referrer-policy-private" if last in PRIVATE else "referrer-policy-unsafe"


def strict_transport_security(response: HttpResponseBase) -> str:
    age = re.search(r"max-age=(\d+)", response.get("Strict-Transport-Security", ""))
    if not age:
        return "hsts-not-implemented"
    length = "at-least" if int(age[1]) >= SIX_MONTHS else "less-than"
    return f"hsts-implemented-max-age-{length}-six-months"


def subresource_integrity(response: HttpResponseBase) -> str:
    start = "sri-not-implemented"
    is_html = response.get("Content-Type", "").startswith("text/html")
    html = getattr(response, "content", b"").decode() if is_html else ""
    scripts = re.findall(r"<script\b[^>]*?\bsrc=\"([^\"]*)", html)
    if not scripts:
        return f"{start}-but-no-scripts-loaded"
    if all(re.match(r"/(?!/)", address) for address in scripts):
        return f"{start}-but-all-scripts-loaded-from-secure-origin"
    return f"{start}-and-external-scripts"


def content_type_options(response: HttpResponseBase) -> str:
    is_set = response.get("X-Content-Type-Options", "").lower() == "nosniff"
    return f"x-content-type-options-{'nosniff' if is_set else 'not-implemented'}"


def frame_options(response: HttpResponseBase, policy: Policy) -> str:
    if "frame-ancestors" in policy:
        return "x-frame-options-implemented-via-csp"
    is_set = response.get("X-Frame-Options", "").lower() in {"deny", "sameorigin"}
    return f"x-frame-options-{'sameorigin-or-deny' if is_set else 'not-implemented'}"


def cross_origin_resource_policy(response: HttpResponseBase) -> str:
    start = "cross-origin-resource-policy"
    value = response.get("Cross-Origin-Resource-Policy", "").lower()
    if not value:
        return f"{start}-not-implemented"
    if value in {"same-origin", "same-site"}:
        return f"{start}-implemented"
    is_open = value == "cross-origin"
    return f"{start}-{'allows-cross-origin' if is_open else 'header-invalid'}"
