import socket
import threading

HEADER = 64
PORT = 5050
SERVER = "127.0.0.1"
ADDR = (SERVER, PORT)
FORMAT = 'utf-8'
DISCONNECT_MESSAGE = "!DESCONECTAR"

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(ADDR)

connections = []
connections_lock = threading.Lock()


def send(conn, msg):
    message = msg.encode(FORMAT)
    # la cabecera mide siempre 64 bytes y lleva la longitud
    conn.sendall(str(len(message)).ljust(HEADER).encode(FORMAT) + message)


def receive(conn):
    """Devuelve el mensaje o None si se ha desconectado."""
    header = read(conn, HEADER)
    if not header:
        return None
    return read(conn, int(header))


def read(conn, length):
    data = b''
    while len(data) < length:
        part = conn.recv(length - len(data))
        if not part:
            return None
        data += part
    return data.decode(FORMAT)


def send_to_others(msg, me):
    with connections_lock:
        for conn in connections:
            if conn != me:
                try:
                    send(conn, msg)
                except OSError:
                    pass


def handle_client(conn, addr):
    print(f"[NUEVA CONEXIÓN] {addr} conectado.")
    try:
        name = receive(conn)
    except OSError:
        name = None
    if name is None:
        conn.close()
        return
    with connections_lock:
        connections.append(conn)
    send_to_others(f"[{name} se ha conectado]", conn)
    connected = True
    while connected:
        try:
            msg = receive(conn)
        except OSError:
            msg = None
        if msg is None or msg == DISCONNECT_MESSAGE:
            connected = False
        else:
            print(f"[{name}] {msg}")
            send_to_others(f"[{name}] {msg}", conn)
    with connections_lock:
        connections.remove(conn)
    conn.close()
    send_to_others(f"[{name} se ha desconectado]", conn)


def start():
    server.listen()
    print(f"[ESCUCHANDO] El servidor escucha en {SERVER}")
    while True:
        conn, addr = server.accept()
        thread = threading.Thread(target=handle_client, args=(conn, addr), daemon=True)
        thread.start()


print("[INICIANDO] el servidor se está iniciando...")
try:
    start()
except KeyboardInterrupt:
    print("[FIN]")
