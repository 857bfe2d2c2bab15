import socket
import threading

HOST = ''
PORT = 5555
BUFFER_SIZE = 1024

clients = []
usernames = {}


def broadcast(message, sender):
    for client in clients[:]:
        if client is sender:
            continue
        try:
            client.send(message)
        except:
            remove(client)


def remove(client):
    if client in clients:
        clients.remove(client)
        client.close()


def handle_client(client, address):
    try:
        username = client.recv(BUFFER_SIZE).decode()
        if not username:
            client.close()
            return
        usernames[client] = username
        clients.append(client)
        print(f"{address} is now {username}")
        broadcast(f"{username} joined the chat!".encode(), client)
        while True:
            data = client.recv(BUFFER_SIZE)
            if not data:
                break
            broadcast(f"<{username}> ".encode() + data, client)
    except ConnectionResetError:
        print("connection reset by", address)
    if client in usernames:
        username = usernames.pop(client)
        remove(client)
        broadcast(f"{username} left the chat!".encode(), client)


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((HOST, PORT))
    server.listen(5)
    print(f"[LISTENING] Server is listening on port {PORT}")
    try:
        while True:
            client, address = server.accept()
            print(f"[NEW CONNECTION] {address}")
            thread = threading.Thread(target=handle_client, args=(client, address), daemon=True)
            thread.start()
            print(f"[ACTIVE CONNECTIONS] {threading.active_count() - 1}")
    except KeyboardInterrupt:
        print("Bye")
    finally:
        server.close()


main()
