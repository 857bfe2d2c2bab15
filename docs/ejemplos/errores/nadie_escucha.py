"""Llama a un puerto en el que no hay ningún servidor."""

import socket

conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
conexion.connect(("localhost", 8000))
