"""Los mensajes: quién envió, quién leyó, y si se leyeron como se enviaron."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.momento import Dicho, Momento
from chatlab.corrector.diagnostico.relato.bien_repartido import bien_repartido
from chatlab.corrector.diagnostico.relato.cambios import llega_cambiado
from chatlab.corrector.diagnostico.relato.conversaciones import (
    Dialogo,
    Lado,
    LoVisto,
    SucesoVisto,
)
from chatlab.corrector.diagnostico.relato.costuras import (
    Partido,
    empieza_una_letra,
    partido,
    pegados,
    sin_leer,
)
from chatlab.corrector.diagnostico.relato.sin_leer import ultimo_sin_leer
from chatlab.corrector.diagnostico.relato.sin_repartir import sin_repartir
from chatlab.textos import contar, enumerar

#: Caracteres de un mensaje que se enseñan.
MAX_CITA = 40
#: Lecturas vacías a partir de las que un programa da vueltas sin parar, y no mira dos veces.
DEMASIADOS_VACIOS = 20
#: Lecturas vacías que cuenta la sonda de cada conexión, como mucho (`trafico.BASTANTES_VACIAS`).
TOPE_DE_VACIOS = 200
#: Bytes de una cabecera que se lee aparte, con la longitud de lo que sigue.
MAX_CABECERA = 8
#: Personas que se nombran una a una.
MAX_NOMBRADAS = 4


def contar_mensajes(
    escena: LoVisto, escrito: Iterable[str] = (), *, chat: bool = False
) -> list[Dicho]:
    """Una o dos frases: lo que no salió bien, y quién recibió qué de quién.

    En un `chat`, lo escrito por una persona tiene que llegar a las demás. Si el servidor lo envió
    bien, lo que se pegó o se partió se busca en lo que leyeron ellas.
    """
    conversaciones = [c for c in escena.conversaciones if not c.acabada]
    frases = list(escrito)
    especial = llega_cambiado(conversaciones, frases)
    if chat and not especial:
        especial = sin_repartir(conversaciones, frases)
    al_cliente = chat and bien_repartido(conversaciones, frases)
    miradas: list[Callable[[Dialogo], Dicho | None]] = [
        _da_vueltas,
        partial(_se_pegaron, solo_al_cliente=al_cliente),
        partial(_se_partio, solo_al_cliente=al_cliente),
        _no_se_leyo,
    ]
    especial = especial or next(
        (
            dicho
            for mirar in miradas
            for conversacion in conversaciones
            if (dicho := mirar(conversacion)) is not None
        ),
        None,
    )
    reparto = _reparto(conversaciones)
    return [*filter(None, [especial]), *([Dicho(reparto)] if reparto else [])]


# --- Lo que no salió bien ----------------------------------------------------------------------


def _da_vueltas(conversacion: Dialogo) -> Dicho | None:
    quien, servidor, cliente = conversacion.quien, conversacion.servidor, conversacion.cliente
    if servidor.veces_vacio >= DEMASIADOS_VACIOS:
        return Dicho(
            f"{quien} se fue, y tu servidor siguió llamando a `recv`, que devolvió "
            f"vacío {_veces(servidor.veces_vacio)}",
            _primer_vacio(servidor, SERVIDOR, f"{quien} se había ido"),
        )
    if cliente.veces_vacio >= DEMASIADOS_VACIOS:
        return Dicho(
            f"tu servidor cerró la conexión, y el programa de {quien} siguió llamando "
            f"a `recv`, que devolvió vacío {_veces(cliente.veces_vacio)}",
            _primer_vacio(cliente, conversacion.persona, "el servidor había cerrado"),
        )
    return None


def _primer_vacio(lee: Lado, de: str, porque: str) -> Momento:
    primero = next(uno for uno in lee.leido if uno.cuantos == 0 and lee.cuenta(uno))
    frase = f"Aquí `recv` devolvió vacío por primera vez, porque {porque}, y no se hizo caso."
    return Momento(primero.instante, frase, de)


def _veces(cuantas: int) -> str:
    """La sonda deja de contar a partir de un tope: entonces no se sabe cuántas son."""
    return f"más de {TOPE_DE_VACIOS} veces" if cuantas > TOPE_DE_VACIOS else f"{cuantas} veces"


def _se_pegaron(conversacion: Dialogo, *, solo_al_cliente: bool) -> Dicho | None:
    for envia, lee, de_quien, quien_lee in _sentidos(conversacion, solo_al_cliente):
        if encontrado := pegados(envia, lee):
            envios, lectura = encontrado
            # Con un salto de línea al final de cada mensaje aún se pueden separar.
            separados = all(envio.datos.endswith(b"\n") for envio in envios[:-1])
            if separados and envia is conversacion.servidor and not solo_al_cliente:
                continue  # a un cliente que solo enseña lo que le llega le da lo mismo
            return Dicho(
                f"{de_quien} envió {enumerar([_cita(envio.datos) for envio in envios[:5]])} y "
                f"{quien_lee} los leyó de una vez{'' if separados else ', pegados'}: "
                f"{_cita(lectura.datos)}",
                Momento(
                    lectura.instante,
                    f"Aquí `recv` devolvió {_dos(len(envios))} mensajes juntos: "
                    f"{_cita(lectura.datos)}.",
                    conversacion.de(lee),
                ),
            )
    return None


def _dos(cuantos: int) -> str:
    return {2: "dos", 3: "tres", 4: "cuatro"}.get(cuantos, str(cuantos))


def _se_partio(conversacion: Dialogo, *, solo_al_cliente: bool) -> Dicho | None:
    for envia, lee, de_quien, quien_lee in _sentidos(conversacion, solo_al_cliente):
        if encontrado := partido(envia, lee):
            envio, trozos, _ = encontrado
            if len(trozos) == 2 and trozos[0] <= MAX_CABECERA:
                continue  # primero la longitud y después el resto: es a propósito
            medidas = enumerar([str(trozo) for trozo in trozos]) if len(trozos) <= 5 else ""
            return Dicho(
                f"{de_quien} envió un mensaje de {contar(envio.cuantos, 'byte')} y {quien_lee} lo "
                f"leyó en {len(trozos)} trozos" + (f", de {medidas} bytes" if medidas else ""),
                _el_corte(encontrado, conversacion.de(lee)),
            )
    return None


def _el_corte(partido: Partido, de: str) -> Momento:
    if empieza_una_letra(partido.lectura.datos):
        frase = "Aquí `recv` cortó una letra: el resto llegó en la siguiente lectura."
    else:
        frase = (
            f"Aquí `recv` devolvió solo un trozo, de {contar(partido.trozos[0], 'byte')}: el "
            f"mensaje tenía {partido.envio.cuantos}."
        )
    return Momento(partido.lectura.instante, frase, de)


def _no_se_leyo(conversacion: Dialogo) -> Dicho | None:
    for envia, lee, de_quien, quien_lee in _sentidos(conversacion):
        if sin_leer(envia, lee):
            primero = next(uno for uno in envia.enviado if envia.cuenta(uno) and uno.cuantos)
            return Dicho(
                f"{de_quien} envió {contar(envia.bytes_enviados, 'byte')} y {quien_lee} no los ha "
                "leído",
                _enviado_sin_leer(primero, quien_lee, conversacion.de(lee)),
            )
        if (ultimo := ultimo_sin_leer(envia, lee)) is not None and not lee.cerrado:
            return Dicho(
                f"{de_quien} envió {_cita(ultimo.datos)} y {quien_lee} no lo ha leído",
                _enviado_sin_leer(ultimo, quien_lee, conversacion.de(lee)),
            )
    return None


def _enviado_sin_leer(envio: SucesoVisto, quien_lee: str, de: str) -> Momento:
    frase = f"Aquí se envió {_cita(envio.datos)}, y {quien_lee} no lo leyó."
    return Momento(envio.instante, frase, de)


def _sentidos(
    conversacion: Dialogo, solo_al_cliente: bool = False
) -> list[tuple[Lado, Lado, str, str]]:
    """Cada sentido de una conexión: quién envía, quién lee, y cómo se llaman en una frase."""
    quien, servidor, cliente = conversacion.quien, conversacion.servidor, conversacion.cliente
    al_servidor = (cliente, servidor, quien, "tu servidor")
    al_cliente = (servidor, cliente, "tu servidor", f"el programa de {quien}")
    return [al_cliente] if solo_al_cliente else [al_servidor, al_cliente]


def _cita(datos: bytes) -> str:
    texto = datos.decode("utf-8", errors="replace").rstrip("\r\n").replace("\n", "⏎")
    return f"«{texto if len(texto) <= MAX_CITA else f'{texto[: MAX_CITA - 1]}…'}»"


# --- El reparto --------------------------------------------------------------------------------


def _reparto(conversaciones: Sequence[Dialogo]) -> str:
    """«tu servidor recibió 14 bytes de Ana y envió 20 a Carlos»."""
    recibido = [(c.quien, c.servidor.bytes_leidos) for c in conversaciones]
    enviado = [(c.quien, c.servidor.bytes_enviados) for c in conversaciones]
    if not any(cuantos for _, cuantos in recibido + enviado):
        alguien = any(c.cliente.bytes_enviados for c in conversaciones)
        return "nadie envió nada" if conversaciones and not alguien else ""
    recibio = f"recibió {_lista(recibido, 'de')}" if _hay(recibido) else "no recibió nada"
    return f"tu servidor {recibio} y {_lo_enviado(recibido, enviado)}"


def _lo_enviado(recibido: list[tuple[str, int]], enviado: list[tuple[str, int]]) -> str:
    if not _hay(enviado):
        return "no envió nada a nadie"
    hablaron = {quien for quien, cuantos in recibido if cuantos}
    escucharon = {quien for quien, cuantos in enviado if cuantos}
    if len(hablaron) == 1 and escucharon == hablaron:
        return f"envió {_lista(enviado, 'a')}, y a nadie más"
    olvidados = [q for q, cuantos in enviado if not cuantos and q not in hablaron]
    sin = f", y nada a {enumerar(olvidados)}" if 0 < len(olvidados) <= MAX_NOMBRADAS else ""
    return f"envió {_lista(enviado, 'a')}{sin}"


def _hay(cuentas: list[tuple[str, int]]) -> bool:
    return any(cuantos for _, cuantos in cuentas)


def _lista(cuentas: list[tuple[str, int]], preposicion: str) -> str:
    """«14 bytes de Ana y 20 de Carlos»; a partir de unas cuantas personas, el total."""
    con_algo = [(quien, cuantos) for quien, cuantos in cuentas if cuantos]
    total = contar(sum(cuantos for _, cuantos in con_algo), "byte")
    if len(con_algo) > MAX_NOMBRADAS:
        return f"{total} {preposicion} {len(con_algo)} personas"
    (primera, bytes_de_la_primera), *resto = con_algo
    frases = [f"{contar(bytes_de_la_primera, 'byte')} {preposicion} {primera}"]
    return enumerar(frases + [f"{cuantos} {preposicion} {quien}" for quien, cuantos in resto])
