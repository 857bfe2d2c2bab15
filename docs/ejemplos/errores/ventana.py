"""Una ventana que no se para: un hilo recibe, y la ventana mira una cola."""

import queue
import socket
import threading
import tkinter as tk


def recibir(conexion, cola):
    """En su hilo: deja en la cola cada línea que llega. No toca la ventana."""
    for linea in conexion.makefile(encoding="utf-8", errors="replace"):
        cola.put(linea)


def mostrar_lo_nuevo(raiz, texto, cola):
    """En el hilo de la ventana: muestra lo que haya en la cola, y volverá."""
    while not cola.empty():
        texto.insert("end", cola.get())
    raiz.after(100, mostrar_lo_nuevo, raiz, texto, cola)


def principal():
    conexion = socket.create_connection(("localhost", 8000))
    cola = queue.Queue()
    threading.Thread(
        target=recibir, args=(conexion, cola), daemon=True
    ).start()

    raiz = tk.Tk()
    texto = tk.Text(raiz)
    texto.pack()
    entrada = tk.Entry(raiz)
    entrada.pack(fill="x")

    def enviar(_):
        conexion.sendall(f"{entrada.get()}\n".encode())
        entrada.delete(0, "end")

    entrada.bind("<Return>", enviar)
    mostrar_lo_nuevo(raiz, texto, cola)
    raiz.mainloop()


if __name__ == "__main__":
    principal()
