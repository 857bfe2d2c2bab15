import socket

with socket.socket() as enchufe:
    print(enchufe.fileno() > 0)  # → True
print(enchufe.fileno())  # → -1
