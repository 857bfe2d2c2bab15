"""Un datagrama no puede pasar de 64 KiB."""

import socket

emisor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
emisor.sendto(b"x" * 70_000, ("localhost", 8000))
