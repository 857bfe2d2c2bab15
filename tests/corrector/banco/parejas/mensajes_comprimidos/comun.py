import zlib, struct
def enviar(c, t):
    d = zlib.compress(t.encode(), 9); c.sendall(struct.pack("!I", len(d)) + d)
def justo(c, n):
    d = b""
    while len(d) < n:
        x = c.recv(n - len(d))
        if not x: raise EOFError
        d += x
    return d
def recibir(c):
    return zlib.decompress(justo(c, struct.unpack("!I", justo(c, 4))[0])).decode()
