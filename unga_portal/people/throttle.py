"""Where a sign-in comes from, and what is said when it failed too often from there."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HOME_NETWORK = 64


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the client; of IPv6 the network, for anybody has a whole one."""
    try:
        address = ip_address(named_address(request.META).strip())
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), HOME_NETWORK), strict=False).network_address)


def named_address(meta: dict[str, Any]) -> str:
    """Return what the proxy wrote last, which a visitor cannot; without a proxy, the peer."""
    forwarded = str(meta.get("HTTP_X_FORWARDED_FOR", "")) if settings.BEHIND_PROXY else ""
    return forwarded.split(",")[-1] or str(meta.get("REMOTE_ADDR", ""))


def client_in_log(username: str | None, address: str | None, *more: Any) -> str:
    """Return who failed, quoted, so that no name can write a line of the log by itself."""
    return f"{username!r} from {address}"


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    refusal = render(request, "429.html", {"minutes": seconds // 60}, status=429)
    refusal["Retry-After"] = str(seconds)
    return refusal
