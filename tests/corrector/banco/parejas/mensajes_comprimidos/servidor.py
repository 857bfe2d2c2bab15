import socket, threading
from comun import enviar, recibir
gente = {}
def difundir(t, menos):
    for otra in list(gente):
        if otra is not menos:
            try: enviar(otra, t)
            except OSError: pass
def atender(c):
    nombre = "?"
    try:
        nombre = recibir(c); difundir(f"* {nombre} ha entrado", c); gente[c] = nombre
        while True: difundir(f"{nombre}: {recibir(c)}", c)
    except (OSError, EOFError):
        pass
    gente.pop(c, None); difundir(f"* {nombre} ha salido", c); c.close()
s = socket.create_server(("", 9000))
try:
    while True:
        threading.Thread(target=atender, args=(s.accept()[0],), daemon=True).start()
except KeyboardInterrupt:
    pass
