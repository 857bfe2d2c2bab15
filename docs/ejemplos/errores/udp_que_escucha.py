"""Un socket UDP usado como si fuera TCP."""

import socket

servidor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
servidor.bind(("localhost", 8000))
servidor.listen()
