"""Lo que la sala contesta a cada comando: `/ayuda`, `/usuarios`, `/privado`, `/nombre`, `/acuse`.

Con `/salir` hay que desconectar, y eso es de `sala.py`. Qué se lee como un comando, y la lista que
da `/ayuda`, está en `protocolo.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatlab.chat import protocolo
from chatlab.chat.nombres import NombreNoValido
from chatlab.chat.presentes import MAX_NOMBRES_POR_LINEA, Presentes
from chatlab.chat.protocolo import Comando
from chatlab.chat.tareas import Anotar, Difundir, Enviar, Numero, Tarea


def obedecer(presentes: Presentes, numero: Numero, comando: Comando) -> list[Tarea]:
    """Hace lo que pide una persona de la sala con un comando que no es `/salir`."""
    obedece = COMANDOS.get(comando.nombre)
    if obedece is None:
        return _comando_desconocido(numero, comando.nombre)
    return obedece(presentes, numero, comando.argumento)


def _comando_desconocido(numero: Numero, nombre: str) -> list[Tarea]:
    parecido = protocolo.comando_parecido(nombre)
    consejo = f"¿Querías decir {parecido}?" if parecido else "Escribe /ayuda para verlos."
    escape = "Para enviar un mensaje que empiece por /, escribe //."
    return quejarse(numero, f"No existe el comando {nombre[:30]}. {consejo} {escape}")


def _ayuda(_presentes: Presentes, numero: Numero, _argumento: str) -> list[Tarea]:
    lineas = (f"{forma}: {para_que}" for forma, para_que in protocolo.COMANDOS.values())
    return _avisar(numero, lineas)


def _usuarios(presentes: Presentes, numero: Numero, _argumento: str) -> list[Tarea]:
    nombres = presentes.nombres()
    tandas = (
        ", ".join(nombres[inicio : inicio + MAX_NOMBRES_POR_LINEA])
        for inicio in range(0, len(nombres), MAX_NOMBRES_POR_LINEA)
    )
    return _avisar(numero, (f"En la sala ({len(nombres)}): {tanda}" for tanda in tandas))


def _privado(presentes: Presentes, numero: Numero, argumento: str) -> list[Tarea]:
    destino, texto = presentes.buscar(argumento)
    if destino is None:
        nombre = argumento.partition(" ")[0]
        return quejarse(
            numero,
            f"No hay nadie que se llame «{nombre}». Mira quién está con /usuarios."
            if nombre
            else "Faltan el nombre y el texto: /privado NOMBRE texto",
        )
    if not texto:
        return quejarse(numero, "Falta el texto: /privado NOMBRE texto")
    linea = protocolo.mensaje(presentes.personas[numero].nombre, texto, privado=True)
    return [Enviar((destino,), linea), *acusar(presentes, numero, 1)]


def _cambiar_nombre(presentes: Presentes, numero: Numero, argumento: str) -> list[Tarea]:
    try:
        nuevo = presentes.nombre_libre(argumento, de=numero)
    except NombreNoValido as motivo:
        return quejarse(numero, f"{motivo} Sigues siendo {presentes.personas[numero].nombre}.")
    noticia = f"{presentes.cambiar_de_nombre(numero, nuevo)} ahora se llama {nuevo}"
    return [
        Anotar(noticia),
        Enviar((numero,), protocolo.aviso(f"Ahora te llamas {nuevo}")),
        Difundir(numero, protocolo.aviso(noticia)),
    ]


def _pedir_acuse(presentes: Presentes, numero: Numero, _argumento: str) -> list[Tarea]:
    presentes.personas[numero].quiere_acuse = True
    return _avisar(numero, ["Desde ahora sabrás a cuántas personas llega cada mensaje"])


#: Qué se hace con cada uno.
COMANDOS: dict[str, Callable[[Presentes, Numero, str], list[Tarea]]] = {
    "/ayuda": _ayuda,
    "/usuarios": _usuarios,
    "/privado": _privado,
    "/nombre": _cambiar_nombre,
    "/acuse": _pedir_acuse,
}


# --- Lo que se contesta a una sola persona -----------------------------------------------------


def acusar(presentes: Presentes, numero: Numero, entregas: int) -> list[Tarea]:
    """A cuántas personas llegó su mensaje, si ha pedido saberlo."""
    if not presentes.personas[numero].quiere_acuse:
        return []
    return [Enviar((numero,), protocolo.acuse(entregas))]


def quejarse(numero: Numero, motivo: str) -> list[Tarea]:
    """Por qué no vale lo que ha enviado."""
    return [Enviar((numero,), protocolo.error(motivo))]


def _avisar(numero: Numero, textos: Iterable[str]) -> list[Tarea]:
    return [Enviar((numero,), protocolo.aviso(texto)) for texto in textos]
