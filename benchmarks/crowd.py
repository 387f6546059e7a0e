"""Many clients of one run's stream in one process, as cheap as they can be: their work would be done elsewhere."""

import asyncio
import json
import os
import re
import sys

SEQ = re.compile(rb'\{"seq":(\d+),"type":"(\w+)"')
ENDED = re.compile(rb'"state":"(?:finished|failed|stopped|diverged)"')
PING = 9
HANDSHAKE = (
    *("Upgrade: websocket", "Connection: Upgrade"),
    *("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"),
)


class Client(asyncio.Protocol):
    """Counts the losses that it is sent, and holds every message to come after the one before."""

    def __init__(self, path: str, host: str, ended: asyncio.Future[int]) -> None:
        key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13"
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{key}\r\n\r\n"
        )
        self.ended = ended
        self.received = bytearray()
        self.upgraded = False
        self.seq = self.losses = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request.encode())

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not self.upgraded:
            head, found, rest = bytes(self.received).partition(b"\r\n\r\n")
            if not found:
                return
            assert b" 101 " in head, head
            self.received, self.upgraded = bytearray(rest), True
        while (frame := self.frame()) is not None:
            self.take(*frame)

    def frame(self) -> tuple[int, bytes] | None:
        """Opcode and content of the next whole frame, if it is there."""
        data = self.received
        start, size = 2, data[1] & 127 if len(data) > 1 else 0
        if size > 125:
            wide = 2 if size == 126 else 8
            start, size = 2 + wide, int.from_bytes(data[2 : 2 + wide])
        if len(data) < max(2, start + size):
            return None
        opcode, content = data[0] & 15, bytes(data[start : start + size])
        del data[: start + size]
        return opcode, content

    def take(self, opcode: int, content: bytes) -> None:
        if opcode == PING:
            self.transport.write(bytes((0x8A, 0x80 | len(content), 0, 0, 0, 0)) + content)
        if (said := SEQ.match(content)) is None:
            return
        assert int(said[1]) > self.seq, "a message came out of order"
        self.seq = int(said[1])
        if said[2] == b"steps":
            self.losses += content.partition(b'"loss":[')[2].count(b",") + 1
        elif said[2] == b"state" and ENDED.search(content) and not self.ended.done():
            self.ended.set_result(self.losses)
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(error or EOFError("the stream ended before the run"))


async def watch(place: str, run: str, clients: int) -> list[int]:
    """How many losses each client was sent, once the run has ended."""
    host, _, port = place.rpartition(":")
    loop = asyncio.get_running_loop()
    path = f"/api/runs/{run}/stream?after=0"
    futures = [loop.create_future() for _ in range(clients)]

    async def join(ended: asyncio.Future[int]) -> None:
        await loop.create_connection(lambda: Client(path, place, ended), host, int(port))

    await asyncio.gather(*map(join, futures))
    return await asyncio.gather(*futures)


if __name__ == "__main__":
    os.nice(10)
    print(json.dumps(asyncio.run(watch(sys.argv[1], sys.argv[2], int(sys.argv[3])))))
