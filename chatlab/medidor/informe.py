"""Lo medido, para leerlo en la terminal."""

from __future__ import annotations

from collections.abc import Sequence

from chatlab.chat.limites import MIB
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.resultado import Medida, Medido
from chatlab.textos import contar, enumerar

NO_SE_SABE = "no se sabe"
_COLUMNAS = (
    "servidor",
    "entregas/s",
    "p50 ms",
    "p90 ms",
    "p99 ms",
    "máx. ms",
    "CPU s",
    "memoria MiB",
    "CPU del medidor",
)


def cifra(numero: float, decimales: int = 0) -> str:
    """Un número como se escribe en español: «1 234 567» o «0,25»."""
    return f"{numero:,.{decimales}f}".replace(",", " ").replace(".", ",")


def de_uno(encargo: Encargo, medido: Medido) -> str:
    """El informe de un servidor."""
    dato = medido.mediana
    filas = [
        ("entregas por segundo", cifra(dato.entregas_por_segundo)),
        ("", f"{cifra(dato.entregas)} en {cifra(dato.segundos, 3)} s"),
        ("latencia", _latencia(dato)),
        ("CPU del servidor", _con_unidad(dato.servidor_cpu, 2, "s")),
        ("memoria del servidor", _con_unidad(_en_mib(dato), 1, "MiB")),
        ("CPU del medidor", f"{cifra(dato.medidor_cpu, 2)} s, {_de_un_nucleo(dato)} de un núcleo"),
        ("mayor atraso visto", f"{contar(dato.atraso_maximo, 'mensaje')}, el receptor más lento"),
    ]
    ancho = max(len(rotulo) for rotulo, _ in filas)
    return "\n".join(
        [
            f"{medido.rotulo}: {de_que(encargo)}{_rondas(medido)}",
            *(f"  {rotulo:{ancho}}  {valor}" for rotulo, valor in filas),
            *_avisos([medido]),
            "",
        ]
    )


def de_varios(encargo: Encargo, medidos: Sequence[Medido]) -> str:
    """Una tabla con una fila para cada servidor."""
    tabla = [_COLUMNAS, *(_fila(medido) for medido in medidos)]
    anchos = [max(map(len, columna)) for columna in zip(*tabla, strict=True)]
    lineas = [
        "  ".join(
            celda.ljust(ancho) if numero == 0 else celda.rjust(ancho)
            for numero, (celda, ancho) in enumerate(zip(fila, anchos, strict=True))
        )
        for fila in tabla
    ]
    return "\n".join(
        [f"{de_que(encargo)}{_rondas(medidos[0])}", "", *lineas, *_avisos(medidos), ""]
    )


def de_que(encargo: Encargo) -> str:
    """Lo que se ha medido, en una línea; siempre con la ventana."""
    ritmo = f"{cifra(encargo.ritmo)} por segundo" if encargo.ritmo else "sin pausa"
    emisores = contar(encargo.emisores, "emisor", "emisores")
    mensajes = "mensaje" if encargo.mensajes == 1 else "mensajes"
    return (
        f"{contar(encargo.clientes, 'receptor', 'receptores')}, {emisores}, "
        f"{cifra(encargo.mensajes)} {mensajes} de {encargo.tamano} bytes, {ritmo}, "
        f"ventana {cifra(encargo.ventana)}"
    )


def _rondas(medido: Medido) -> str:
    cuantas = len(medido.rondas)
    return f", mediana de {cuantas} rondas" if cuantas > 1 else ""


def _fila(medido: Medido) -> tuple[str, ...]:
    dato, latencias = medido.mediana, medido.mediana.latencias
    tiempos = (
        (latencias.p50, latencias.p90, latencias.p99, latencias.maxima)
        if latencias
        else (None,) * 4
    )
    return (
        medido.rotulo,
        cifra(dato.entregas_por_segundo),
        *(_con_unidad(tiempo, 2) for tiempo in tiempos),
        _con_unidad(dato.servidor_cpu, 2),
        _con_unidad(_en_mib(dato), 1),
        _de_un_nucleo(dato),
    )


def _latencia(dato: Medida) -> str:
    if dato.latencias is None:
        return NO_SE_SABE
    tiempos = dato.latencias
    return (
        f"p50 {cifra(tiempos.p50, 2)} · p90 {cifra(tiempos.p90, 2)} · "
        f"p99 {cifra(tiempos.p99, 2)} · máxima {cifra(tiempos.maxima, 2)} ms "
        f"({contar(dato.muestras, 'muestra')})"
    )


def _en_mib(dato: Medida) -> float | None:
    return None if dato.servidor_memoria is None else dato.servidor_memoria / MIB


def _con_unidad(numero: float | None, decimales: int, unidad: str = "") -> str:
    return NO_SE_SABE if numero is None else f"{cifra(numero, decimales)} {unidad}".strip()


def _de_un_nucleo(dato: Medida) -> str:
    return f"{dato.medidor_de_un_nucleo:.0%}".replace("%", " %")


def _avisos(medidos: Sequence[Medido]) -> list[str]:
    agotados = [medido.rotulo for medido in medidos if medido.mediana.medidor_fue_el_limite]
    if not agotados:
        return []
    return [
        "",
        f"Con {enumerar(agotados)}, el medidor ha gastado casi un núcleo entero: el límite pudo "
        "ser él. El servidor puede dar más de lo que dice aquí.",
    ]
