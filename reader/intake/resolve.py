"""Names to addresses, public ones only (imported with aiohttp, when something is fetched)."""

import socket

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from reader.intake.addresses import is_public


class PrivateAddressError(OSError):
    """A name stands for addresses of which none is public."""


class PublicResolver(AbstractResolver):
    """Resolves names and keeps only public addresses: to these the connection then goes."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the public addresses of a name; OSError where there are none."""
        found = await self._inner.resolve(host, port, family)
        public = [result for result in found if is_public(result["host"])]
        if found and not public:
            raise PrivateAddressError(None, f"{host} has no public address")
        return public

    async def close(self) -> None:
        """Let go of the resolver."""
        await self._inner.close()
