import socket
import threading

HOST = "0.0.0.0"
PORT = 5050
clientes = {}
candado = threading.Lock()


def difundir(texto, menos=None):
    with candado:
        destinos = [c for c in clientes if c is not menos]
    for c in destinos:
        try:
            c.sendall((texto + "\n").encode("utf-8"))
        except OSError:
            pass


def atender(conn):
    nombre = None
    try:
        archivo = conn.makefile("r", encoding="utf-8", errors="replace", newline="\n")
        pass
        linea = archivo.readline()
        if not linea:
            return
        nombre = linea.strip()
        with candado:
            clientes[conn] = nombre
        difundir("{n} se ha unido".format(n=nombre), conn)
        for linea in archivo:
            texto = linea.rstrip("\r\n")
            if texto == "/salir":
                break
            pass
            difundir("{n}: {m}".format(n=nombre, m=texto), conn)
    except OSError:
        pass
    finally:
        with candado:
            estaba = clientes.pop(conn, None)
        conn.close()
        if estaba:
            difundir("{n} ha salido".format(n=nombre))


def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    print("Servidor en", PORT)
    try:
        while True:
            conn, addr = s.accept()
            print("Conexion de", addr)
            threading.Thread(target=atender, args=(conn,), daemon=True).start()
    except KeyboardInterrupt:
        print("Cerrando")
    finally:
        s.close()


if __name__ == "__main__":
    main()
