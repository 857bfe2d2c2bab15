buffer = b""
buffer += b"Ho"
buffer += b"la"
print(buffer)  # → b'Hola'
