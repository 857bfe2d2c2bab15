import socket
import struct
import sys

sock = socket.create_connection(("localhost", 8888))
lines = []
for line in sys.stdin:
    line = line.rstrip("\n")
    if line == "quit":
        break
    if line != ".":
        lines.append(line)
        continue
    note = "\n".join(lines).encode()
    sock.sendall(struct.pack("<I", len(note)) + note)
    lines.clear()
sock.close()
