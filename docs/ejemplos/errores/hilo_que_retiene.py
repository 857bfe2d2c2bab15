"""Ctrl+C para al hilo principal, pero otro sigue y el programa no termina."""

import socket
import threading

servidor = socket.create_server(("localhost", 8000))
conexion = socket.create_connection(("localhost", 8000))
hilo = threading.Thread(target=conexion.recv, args=(1024,))
hilo.start()
input("Espero. Pulsa Ctrl+C: ")
