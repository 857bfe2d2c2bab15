"""Acepta sin haber llamado a `listen`."""

import socket

servidor = socket.socket()
servidor.bind(("localhost", 8000))
servidor.accept()
