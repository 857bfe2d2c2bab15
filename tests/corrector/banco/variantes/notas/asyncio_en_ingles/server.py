"""Four bytes of length, little endian, with asyncio."""

import asyncio
import struct

LIMIT = 1_000_000


async def serve(reader, writer):
    number = 0
    try:
        while True:
            (size,) = struct.unpack("<I", await reader.readexactly(4))
            if size > LIMIT:
                print("Too long:", size)
                break
            note = (await reader.readexactly(size)).decode()
            number += 1
            print(f"*** Nota #{number} ***", *note.split("\n"), sep="\n    ")
    except asyncio.IncompleteReadError:
        print("bye")
    except (UnicodeDecodeError, ConnectionError) as error:
        print("dropped:", error)
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "0.0.0.0", 8888)
    print("listening on 8888")
    async with server:
        await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
