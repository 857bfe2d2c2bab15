import socket
import sys
import threading

HOST = 'localhost'
PORT = 5555


def receive(sock):
    while True:
        try:
            data = sock.recv(1024)
        except OSError:
            break
        if not data:
            break
        print(data.decode())
    print("Disconnected from server")


def main():
    username = input("Enter your username> ")
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.connect((HOST, PORT))
    except ConnectionRefusedError:
        print("Could not connect to the server")
        sys.exit(1)
    sock.send(username.encode())
    threading.Thread(target=receive, args=(sock,), daemon=True).start()
    print("Type /quit to exit")
    while True:
        message = input()
        if message == "/quit":
            break
        if message:
            try:
                sock.send(message.encode())
            except OSError:
                break
    print("Goodbye!")


if __name__ == "__main__":
    main()
