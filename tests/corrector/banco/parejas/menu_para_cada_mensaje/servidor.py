import socket
from datetime import datetime

HOST, PORT = "127.0.0.1", 4040

def main():
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((HOST, PORT))
        s.listen()
        print(f"[*] Esperando en {PORT}")
        while True:
            con, dir = s.accept()
            print(f"[+] {dir[0]}:{dir[1]}")
            try:
                with con, con.makefile("r", encoding="utf-8", errors="replace", newline="\n") as f, open("log.txt", "a", encoding="utf-8") as log:
                    for linea in f:
                        linea = linea.rstrip("\n")
                        hora = datetime.now().strftime("%d/%m/%Y %H:%M")
                        print(f"{hora} | {linea}", flush=True)
                        log.write(f"{hora} | {linea}\n")
                        log.flush()
            except ConnectionError:
                print("[!] se cortó")
            print("[-] se fue")

try:
    main()
except KeyboardInterrupt:
    print("\n[*] Adiós")
