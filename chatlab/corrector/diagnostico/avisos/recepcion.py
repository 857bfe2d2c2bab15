"""Un bucle que recibe sin mirar si el otro se ha ido: `recv` devuelve `b""` sin parar.

Solo da vueltas quien vuelve a leer de la misma conexión. Por eso el arreglo depende del bucle:

    el de una conexión            se sale de él: `break`
    el que vigila muchas          se cierra esa y se pasa a la siguiente: `continue`
    el que acepta, o conecta      no gira: cada vuelta lee de una conexión nueva

Con un `break`, los dos últimos dejarían sin servidor a los demás.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.avisos.colecciones import (
    acepta,
    con_conexiones,
    recien_aceptadas,
)
from chatlab.corrector.diagnostico.avisos.vacio import Recibido, acaba_con_lo_vacio
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import (
    Funcion,
    mismo_ambito,
    receptor,
    texto_de,
    ultimo_nombre,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.textos import enumerar

#: Llamadas a `recv` de un archivo que se miran: cada una recorre su bucle entero.
MAX_LECTURAS = 20
_LECTURAS = ("recv", "recv_into")
_BUCLES = (ast.While, ast.For)


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada `recv` que, con la conexión cerrada, se repetiría sin parar."""
    lecturas = (llamada for llamada in fuente.llamadas if _es_de_un_socket(fuente, llamada))
    for recv in islice(lecturas, MAX_LECTURAS):
        bucle = _bucle_de(fuente, recv)
        if bucle is None:
            continue
        dentro = list(mismo_ambito([bucle]))
        if _acepta(dentro):
            yield from _en_el_bucle_que_acepta(fuente, recv, dentro)
            continue
        recibido = Recibido(fuente, recv, dentro)
        if not _conecta(dentro, receptor(recv)) and not acaba_con_lo_vacio(recibido):
            yield _da_vueltas(fuente, recv, bucle, recibido)


def _es_de_un_socket(fuente: Fuente, llamada: ast.Call) -> bool:
    """Dice si es un `recv` de TCP.

    El de una tubería no dice cuántos bytes, y el de `websockets` se espera con `await`. Con UDP
    nadie se va: un `recv` vacío es un mensaje vacío.
    """
    return (
        isinstance(llamada.func, ast.Attribute)
        and llamada.func.attr in _LECTURAS
        and bool(llamada.args or llamada.keywords)
        and not isinstance(fuente.padres.get(llamada), ast.Await | ast.Return | ast.Yield)
        and receptor(llamada) not in de_udp(fuente)
    )


def de_udp(fuente: Fuente) -> set[str]:
    """Los nombres que guardan un socket UDP."""
    return {
        texto_de(destino)
        for nodo in fuente.nodos
        if isinstance(nodo, ast.Assign) and "SOCK_DGRAM" in texto_de(nodo.value)
        for destino in nodo.targets
    }


# --- En qué bucle está -------------------------------------------------------------------------


def _bucle_de(fuente: Fuente, nodo: ast.AST) -> ast.While | ast.For | None:
    """El bucle sin fin más cercano que contiene un nodo, en su misma función.

    Un `for` tiene fin: cuenta solo si está dentro de un `while`, y entonces es el de quien vigila
    muchas conexiones.
    """
    interior: ast.While | ast.For | None = None
    padre = fuente.padres.get(nodo)
    while padre is not None and not isinstance(padre, Funcion | ast.Lambda):
        if isinstance(padre, ast.If) and "fork()" in texto_de(padre.test):
            return interior  # es otro proceso: el bucle de fuera sigue en su padre
        if isinstance(padre, _BUCLES):
            interior = interior or padre
            if isinstance(padre, ast.While):
                return interior
        padre = fuente.padres.get(padre)
    return None


def _acepta(dentro: list[ast.AST]) -> bool:
    return any(isinstance(nodo, ast.expr) and acepta(nodo) for nodo in dentro)


def _conecta(dentro: list[ast.AST], conexion: str) -> bool:
    """Dice si el bucle abre en cada vuelta la conexión de la que lee."""
    for nodo in dentro:
        match nodo:
            case ast.Call(func=ast.Attribute(attr="connect", value=quien)):
                if texto_de(quien) == conexion:
                    return True
            case ast.Assign(targets=destinos, value=ast.Call()):
                if any(texto_de(destino) == conexion for destino in destinos):
                    return True
            case ast.withitem(optional_vars=ast.expr() as nombre):
                if texto_de(nombre) == conexion:
                    return True
    return False


# --- Lo que se dice ----------------------------------------------------------------------------


def _en_el_bucle_que_acepta(
    fuente: Fuente, recv: ast.Call, dentro: list[ast.AST]
) -> Iterator[Aviso]:
    """Quien acepta y vigila a la vez (`select`) puede girar; quien acepta y espera, no."""
    recibido = Recibido(fuente, recv, dentro)
    mirado = acaba_con_lo_vacio(recibido)
    conexion = receptor(recv)
    if conexion not in recien_aceptadas(dentro):
        if not mirado:
            yield _de_muchas(fuente, recv, recibido)
        return
    espera = not _con_plazo(dentro, conexion)
    if espera or not mirado:
        frases = [_no_deja_entrar(conexion)] if espera else []
        frases += [] if mirado else [_entra_vacio(recibido, conexion)]
        texto = " ".join(f"{frase[:1].upper()}{frase[1:]}" for frase in frases)
        yield Aviso(
            fuente.nombre, recv.lineno, Gravedad.MEJORABLE, texto, solo_explica=Pasa.ALGUIEN_CALLA
        )


def _con_plazo(dentro: list[ast.AST], conexion: str) -> bool:
    return any(
        isinstance(nodo, ast.Call)
        and receptor(nodo) == conexion
        and ultimo_nombre(nodo.func) in ("settimeout", "setblocking")
        for nodo in dentro
    )


def _no_deja_entrar(conexion: str) -> str:
    return (
        f"este `recv` está en el bucle de `accept`: mientras `{conexion}` no envíe nada, nadie más "
        "puede entrar. Recibe al principio de la función que atiende a cada cliente, en su hilo."
    )


def _entra_vacio(recibido: Recibido, conexion: str) -> str:
    que = f"`{recibido.nombre}` queda vacío" if recibido.nombre else "lo recibido está vacío"
    return (
        f"si alguien se conecta y se va sin decir nada, {que} (el bucle no gira: `accept` espera "
        f"al siguiente). {_cerrar_esa(recibido, conexion)}"
    )


def _da_vueltas(
    fuente: Fuente, recv: ast.Call, bucle: ast.While | ast.For, recibido: Recibido
) -> Aviso:
    if isinstance(bucle, ast.For) or _cambia(recibido.dentro, receptor(recv)):
        return _de_muchas(fuente, recv, recibido)
    metodo, fin = _que_devuelve(recv)
    if recibido.nombre:
        arreglo = f"Añade `if not {recibido.nombre}: break` justo después."
    else:
        nuevo = _sin_usar(fuente)
        arreglo = (
            f"Guarda lo que llega, `{nuevo} = {texto_de(recv)}`, y sal si está vacío: "
            f"`if not {nuevo}: break`."
        )
    return Aviso(
        fuente.nombre,
        recv.lineno,
        Gravedad.FALLARA,
        f"`{metodo}` devuelve `{fin}` cuando el otro se va, y este bucle no lo mira: "
        f"{_que_haria(recibido.dentro)}. {arreglo}",
        solo_explica=Pasa.ALGUIEN_SE_VA,
    )


def _que_haria(dentro: list[ast.AST]) -> str:
    """Un bucle que además pregunta a alguien no gira: se para a esperar lo que teclee."""
    pregunta = any(
        isinstance(nodo, ast.Call) and ultimo_nombre(nodo.func) in ("input", "readline")
        for nodo in dentro
    )
    return "seguiría como si aún estuviera" if pregunta else "seguiría dando vueltas"


def _de_muchas(fuente: Fuente, recv: ast.Call, recibido: Recibido) -> Aviso:
    metodo, fin = _que_devuelve(recv)
    return Aviso(
        fuente.nombre,
        recv.lineno,
        Gravedad.FALLARA,
        f"`{metodo}` devuelve `{fin}` cuando alguien se va, y aquí no se mira: se volvería a leer "
        f"de esa conexión sin parar. {_cerrar_esa(recibido, receptor(recv))}",
        solo_explica=Pasa.ALGUIEN_SE_VA,
    )


def _cerrar_esa(recibido: Recibido, conexion: str) -> str:
    """Cómo se deja una conexión sin dejar a las demás, y sin que nadie le vuelva a enviar."""
    guardada = [f"`{lista}`" for lista in _donde_esta(recibido)]
    si = f"Añade justo después `if not {recibido.nombre}:`" if recibido.nombre else "Si está vacío"
    if guardada:
        return (
            f"{si}, y ahí quita `{conexion}` de {enumerar(guardada)}, ciérralo con "
            f"`{conexion}.close()` y pasa al siguiente con `continue`."
        )
    return f"{si}, y ahí `{conexion}.close()` y `continue`."


def _donde_esta(recibido: Recibido) -> list[str]:
    """Las colecciones en las que ya puede estar quien se va, y lo que lo vigila."""
    propias = [
        lista
        for lista, linea in con_conexiones(recibido.fuente).items()
        if linea < recibido.recv.lineno or not _acepta(recibido.dentro)
    ]
    vigilan = [receptor(n) for n in recibido.fuente.llamadas if ultimo_nombre(n.func) == "register"]
    return list(dict.fromkeys([*propias, *filter(None, vigilan)]))


def _que_devuelve(recv: ast.Call) -> tuple[str, str]:
    metodo = recv.func.attr if isinstance(recv.func, ast.Attribute) else "recv"
    return metodo, "0" if metodo == "recv_into" else 'b""'


def _cambia(dentro: list[ast.AST], conexion: str) -> bool:
    """Dice si en el bucle se lee de una conexión y luego de otra: la elige el propio bucle."""
    raiz = conexion.split(".")[0].split("[")[0]
    return raiz != "self" and any(
        isinstance(nodo, ast.Name) and nodo.id == raiz and isinstance(nodo.ctx, ast.Store)
        for nodo in dentro
    )


def _sin_usar(fuente: Fuente) -> str:
    """Un nombre para lo recibido que el programa no use para otra cosa."""
    return next(
        n for n in ("datos", "trozo", "recibido", "lo_recibido") if n not in fuente.palabras
    )
