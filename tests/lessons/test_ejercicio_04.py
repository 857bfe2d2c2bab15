"""El ejercicio de la lección 04, las notas: lo que hacen sus programas, y cómo se corrigen.

Lo que vale para los ejercicios de todas las lecciones se prueba en test_ejercicios.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo
from chatlab.corrector.historias.espia_en_medio import ESPIA
from chatlab.corrector.historias.notas import Notas
from chatlab.corrector.historias.notas_vistas import notas_en
from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar
from tests.corrector.banco import BANCO
from tests.corrector.corregir import corregir, las_que_no_van_bien

TRAMAS = RAIZ / "lessons" / "04_tramas"
EJERCICIO = TRAMAS / "ejercicio"
SOLUCION = TRAMAS / "solucion"

CON_TILDES = "¡Ñandú! ¿Qué tal, señora? 😀 €"


def arrancar_servidor(lanzar: Lanzar, carpeta: Path) -> Programa:
    return lanzar("servidor.py", "0", carpeta=carpeta)


def arrancar_los_dos(lanzar: Lanzar, carpeta: Path) -> tuple[Programa, Programa]:
    servidor = arrancar_servidor(lanzar, carpeta)
    puerto = str(servidor.puerto())
    return servidor, lanzar("cliente.py", "localhost", puerto, carpeta=carpeta)


def trama(nota: str) -> bytes:
    """Los bytes con los que viaja una nota entre los programas de la solución."""
    datos = nota.encode()
    return len(datos).to_bytes(4, "big") + datos


# --- El ejercicio, tal como viene ---


def test_en_el_ejercicio_una_nota_es_una_linea_y_no_lleva_numero(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, EJERCICIO)
    cliente.escribir(CON_TILDES, ".")
    servidor.esperar(f"\n{CON_TILDES}\n")
    assert "Nota" not in servidor.pantalla
    cliente.escribir("salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.pantalla.endswith("> > > Adiós.\n")
    servidor.esperar("[CONEXIÓN] El cliente ha cerrado\n")
    assert servidor.esperar_fin() == 0, servidor.transcripcion()


def test_en_el_ejercicio_la_segunda_linea_se_pierde(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, EJERCICIO)
    cliente.escribir("la primera", "la segunda", "salir")
    servidor.esperar("la primera\n[CONEXIÓN] El cliente ha cerrado\n")
    assert "la segunda" not in servidor.pantalla


def test_en_el_ejercicio_una_letra_partida_tumba_al_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    conectar(servidor.puerto()).enviar(b"ma\xc3")
    assert servidor.esperar_fin() == 1
    assert "UnicodeDecodeError" in servidor.errores.texto


# --- La solución ---


def test_la_solucion_ensena_las_notas_como_dice_el_enunciado(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, SOLUCION)
    cliente.escribir("Llamar al fontanero", ".")
    cliente.escribir("Querida abuela:", "", "el tren llega a las seis.", ".")
    cliente.escribir("salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.pantalla.endswith("Adiós.\n")
    pantalla = servidor.esperar("[CONEXIÓN] El cliente ha cerrado\n")
    _, _, enunciado = (TRAMAS / "README.md").read_text("utf-8").partition("start:ejercicio")
    _, _, ejemplo = enunciado.partition("```text\n")
    ejemplo, _, _ = ejemplo.partition("```")
    assert ejemplo in "".join(f"{linea.rstrip()}\n" for linea in pantalla.splitlines())


def test_en_la_solucion_salir_es_una_linea_como_otra_dentro_de_una_nota(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, SOLUCION)
    cliente.escribir("Antes de dormir:", "salir", "a mirar las estrellas", ".")
    servidor.esperar("Nota 1 (3 líneas)\n  Antes de dormir:\n  salir\n  a mirar las estrellas\n")


def test_la_solucion_une_lo_partido_y_separa_lo_pegado(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    conexion = conectar(servidor.puerto())
    for byte in trama(CON_TILDES):
        conexion.enviar(bytes([byte]))
    servidor.esperar(f"Nota 1 (1 línea)\n  {CON_TILDES}\n")
    conexion.enviar(trama("dos\nlíneas") + trama("") + trama("otra"))
    servidor.esperar(
        "Nota 2 (2 líneas)\n  dos\n  líneas\nNota 3 (1 línea)\n  \nNota 4 (1 línea)\n  otra\n"
    )


@pytest.mark.parametrize("hasta", [1, 4, 5, 12])
def test_la_solucion_no_ensena_nada_de_una_nota_a_medias(
    lanzar: Lanzar, conectar: Conectar, hasta: int
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    conexion = conectar(servidor.puerto())
    conexion.enviar(trama("no llegará\nentera")[:hasta])
    conexion.cerrar()
    servidor.esperar("[CONEXIÓN] El cliente ha cerrado\n")
    conectar(servidor.puerto()).enviar(trama("la siguiente"))
    servidor.esperar("Nota 1 (1 línea)\n  la siguiente\n")
    assert "llegará" not in servidor.pantalla
    assert "entera" not in servidor.pantalla


@pytest.mark.parametrize(
    ("basura", "queja"),
    [
        (b"GET / HTTP/1.1\r\n", "dice que va a mandar 1195725856 bytes, y el tope es 1000000"),
        (b"\xff\xff\xff\xff", "dice que va a mandar 4294967295 bytes, y el tope es 1000000"),
        (b"\x00\x00\x00\x01\xff", "'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_la_solucion_deja_a_quien_envia_basura_y_atiende_al_siguiente(
    lanzar: Lanzar, conectar: Conectar, basura: bytes, queja: str
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    malo = conectar(servidor.puerto())
    malo.enviar(basura)
    servidor.esperar(f"[CONEXIÓN] Esto no es una nota, y dejo a este cliente: {queja}")
    malo.esperar_fin()
    conectar(servidor.puerto()).enviar(trama("una de verdad"))
    servidor.esperar("Nota 1 (1 línea)\n  una de verdad\n")
    assert servidor.errores.texto == ""


def test_la_solucion_atiende_a_otro_aunque_se_corte_la_red(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    conexion = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN] Cliente conectado")
    conexion.cortar()
    servidor.esperar("[CONEXIÓN] Se ha cortado la conexión con el cliente\n")
    conectar(servidor.puerto()).enviar(trama("sigo aquí"))
    servidor.esperar("Nota 1 (1 línea)\n  sigo aquí\n")


def test_el_cliente_de_la_solucion_dice_que_el_servidor_ya_no_esta(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, SOLUCION)
    cliente.escribir("hola", ".")
    servidor.esperar("  hola\n")
    servidor.matar()
    servidor.esperar_fin()
    cliente.escribir("¿hay alguien?", ".", "¿nadie?", ".")  # el primer envío aún no da error
    assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == "El servidor ha cerrado la conexión.\n"


# --- El corrector lee la pantalla de cualquiera ---


@pytest.mark.parametrize(
    ("encabezado", "numero"),
    [
        ("Nota 2 (3 líneas)", 2),
        ("[NOTA 2]", 2),
        ("--- Nota nº 12 ---", 12),
        ("Nota número 7:", 7),
        ("Nota (2)", 2),
        ("12:30:05 *** nota #3 ***", 3),
        ("Nota_4", 4),
    ],
)
def test_un_encabezado_lleva_la_palabra_y_el_numero(encabezado: str, numero: int) -> None:
    assert [nota.numero for nota in notas_en(f"hola\n{encabezado}\ntexto")] == [numero]


@pytest.mark.parametrize("linea", ["Nota (3 líneas)", "Notas 3", "notable 3", "Nota de las 3", "3"])
def test_lo_que_no_es_un_encabezado_no_lo_parece(linea: str) -> None:
    assert notas_en(linea) == []


NOTA = ("Uno y medio", "", "dos y medio")


@pytest.mark.parametrize(
    "pantalla",
    [
        "Nota 1\nUno y medio\n\ndos y medio\n",
        "Nota 1 (3 líneas)\n  Uno y medio\n  \n  dos y medio\nNota 2\n",
        "╭ Nota 1 ╮\n│ Uno y medio │\n│             │\n│ dos y medio │\n╰──╯",
        "[nota 1] 1) Uno y medio\n[nota 1] 2) \n[nota 1] 3) dos y medio",
        "Nota 1: Uno y medio\n\ndos y medio\n--- fin de la nota 1 ---",
    ],
)
def test_una_nota_se_reconoce_con_cualquier_marco(pantalla: str) -> None:
    primera, *_ = notas_en(pantalla)
    assert primera.contiene(NOTA)


@pytest.mark.parametrize(
    "pantalla",
    [
        "Nota 1\nUno y medio\ndos y medio\n",
        "Nota 1\nUno y medio\n\nNota 2\ndos y medio\n",
        "Nota 1\nUno y mediodos y medio\n",
        "Nota 1\nUno y medio\nalgo\ndos y medio\n",
        "Nota 1\ndos y medio\n\nUno y medio\n",
        "Nota 1\nUno y medio\n\ndos y medio de más\n",
        "Nota 1\nUno y medio\n",
    ],
)
def test_una_nota_que_no_esta_entera_no_vale(pantalla: str) -> None:
    assert not any(nota.contiene(NOTA) for nota in notas_en(pantalla))


# --- El espía, en medio ---


@pytest.fixture
def notas() -> Iterator[Notas]:
    """Los programas de la solución, como los ve el corrector."""
    escena = Escena(Entrega.buscar(SOLUCION))
    yield Notas(escena)
    escena.cerrar()


def el_espia_cuenta(notas: Notas, frase: str) -> bool:
    return notas.escena.terminales[ESPIA].esperar(lambda pantalla: frase in pantalla, PLAZO)


def test_con_el_espia_en_medio_los_bytes_llegan_al_servidor_de_uno_en_uno(notas: Notas) -> None:
    servidor = notas.servidor
    notas.pon_espia("de-uno-en-uno", 10)
    notas.escribe(notas.llega("Ana"), "Mañana", "y pasado")
    notas.aparece(servidor, "Mañana", "y pasado")
    assert notas.escena.datos("recv", SERVIDOR) == trama("Mañana\ny pasado")
    assert el_espia_cuenta(notas, "salieron 20 de 1 byte")


def test_con_el_espia_en_medio_dos_notas_llegan_en_un_solo_envio(notas: Notas) -> None:
    servidor = notas.servidor
    notas.pon_espia("pegar", 1)
    ana = notas.llega("Ana")
    with notas.escena.parado(ESPIA):  # así no depende de lo que se tarde en teclear
        notas.escribe(ana, "La primera")
        notas.escribe(ana, "La segunda")
        notas.espera_a_que_salga("La segunda", de=ana)
    notas.aparecen_separadas(servidor, ["La primera"], ["La segunda"])
    assert el_espia_cuenta(notas, "salió 1 de 28 bytes")


def test_una_nota_que_no_aparece_se_dice_con_una_frase(notas: Notas) -> None:
    servidor = notas.servidor
    notas.empieza(notas.llega("Ana"), "Esta no se acaba")
    with pytest.raises(Fallo, match=r"1 línea \(«Esta no se acaba»\)"):
        notas.aparece(servidor, "Esta no se acaba")


# --- Otras maneras de hacerlo bien ---


@pytest.mark.banco
@pytest.mark.parametrize(
    "entrega", sorted((BANCO / "variantes" / "notas").iterdir()), ids=lambda ruta: ruta.name
)
def test_unas_notas_bien_hechas_lo_pasan_todo(entrega: Path, tmp_path: Path) -> None:
    informe = corregir(TRAMAS, entrega, tmp_path / "informe.json")

    assert las_que_no_van_bien(informe) == {}
    assert informe.nota == 10
