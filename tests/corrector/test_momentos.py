"""En qué momento se abre la película de un fallo de verdad: el que lo explica."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chatlab.corrector.modelo import MAX_PELICULA, Informe, Resultado
from chatlab.observador.grabacion import Grabacion
from tests.apoyo.programa import RAIZ
from tests.corrector.apoyo import escribir
from tests.corrector.banco import parejas
from tests.corrector.corregir import corregir

PAREJAS = Path(parejas.__file__).with_name("parejas")
DIFUSION = RAIZ / "lessons" / "03_difusion"
Linea = dict[str, Any]


@dataclass(frozen=True)
class Vista:
    """La película de un fallo, y su resultado."""

    grabacion: Grabacion
    resultado: Resultado

    @property
    def marcas(self) -> list[str]:
        """Lo que dice cada marca, por orden; la principal, con una estrella delante."""
        return [
            f"{'*' if linea['clave'] == 'principal' else ''}{linea['texto']}"
            for linea in self.grabacion.lineas
            if linea["que"] == "marca"
        ]

    @property
    def principal(self) -> str:
        return next(marca[1:] for marca in self.marcas if marca[0] == "*")

    @property
    def justo_antes(self) -> Linea:
        """El suceso que la marca principal señala."""
        lugar = next(
            n for n, linea in enumerate(self.grabacion.lineas) if linea.get("clave") == "principal"
        )
        return self.grabacion.lineas[lugar - 1]

    def nombre(self, p: int) -> str:
        return next(str(uno["nombre"]) for uno in self.grabacion.programas if uno["p"] == p)

    def linea_de_codigo(self, lugar: str) -> str:
        """El texto del lugar: «servidor.py:12»."""
        archivo, _, numero = lugar.rpartition(":")
        return self.grabacion.archivos[archivo].split("\n")[int(numero) - 1].strip()


Ver = Callable[..., Vista]


@pytest.fixture
def ver(tmp_path: Path) -> Ver:
    """Corrige solo unas comprobaciones, y devuelve la película de la primera que no va bien."""

    def ver(entrega: Path, cuales: str, leccion: Path = DIFUSION) -> Vista:
        carpeta = tmp_path / "peliculas"
        carpeta.mkdir()
        salida = tmp_path / "informe.json"
        opciones = ("--peliculas", str(carpeta), "-k", cuales)
        informe: Informe = corregir(leccion, entrega, salida, *opciones)
        for resultado in informe.resultados:
            archivo = carpeta / f"{resultado.comprobacion.clave}.chatlab"
            if archivo.exists():
                assert archivo.stat().st_size <= MAX_PELICULA
                return Vista(Grabacion.leer(archivo), resultado)
        raise AssertionError(json.dumps(informe.a_json(), indent=1, ensure_ascii=False))

    return ver


def test_dos_mensajes_juntos_se_ven_en_el_recv_que_los_trajo(ver: Ver) -> None:
    vista = ver(PAREJAS / "nombre_en_el_bucle_de_accept", "rapidos")

    assert vista.principal.startswith("Aquí `recv` devolvió dos mensajes juntos: «Primer mensaje")
    suceso = vista.justo_antes
    assert suceso["que"] == "recv"
    assert vista.nombre(suceso["p"]) == "servidor"
    assert "Primer mensaje" in suceso["texto"] and "Segundo mensaje" in suceso["texto"]
    assert "recv(" in vista.linea_de_codigo(suceso["lugar"])
    marca = vista.grabacion.lineas[vista.grabacion.lineas.index(suceso) + 1]
    assert (marca["h"], marca["lugar"]) == (suceso["h"], suceso["lugar"])


def test_un_error_se_ve_cuando_sale_en_la_pantalla_y_acaba_el_programa(ver: Ver) -> None:
    vista = ver(PAREJAS / "cae_con_la_primera_y_su_cliente_gira", "un_cliente_se_conecta")

    assert vista.principal == (
        "Aquí terminó el servidor: AttributeError: 'socket' object has no attribute 'recibe'."
    )
    assert vista.justo_antes["que"] == "pantalla"
    assert "AttributeError" in vista.justo_antes["texto"]
    servidor = [uno["p"] for uno in vista.grabacion.programas if uno["nombre"] == "servidor"]
    finales = [uno for uno in vista.grabacion.lineas if uno["que"] == "termina"]
    assert {uno["p"]: uno["codigo"] for uno in finales}[servidor[0]] == 1


@pytest.mark.lento
def test_un_mensaje_que_no_se_reparte_se_ve_al_llegar_al_servidor(ver: Ver) -> None:
    vista = ver(PAREJAS / "except_esconde_una_errata", "un_mensaje_llega")

    frase = "Hola desde la primera mesa"
    assert vista.principal == (
        f"Aquí a tu servidor le llegó «{frase}», de Ana, y no se lo envió a nadie."
    )
    assert f"Desde aquí, Carlos espera ver «{frase}», y no sale." in vista.marcas
    assert vista.justo_antes["que"] == "recv"
    assert frase in vista.justo_antes["texto"]


CORTA_LETRAS = {
    "servidor": """
import socket
import threading

servidor = socket.create_server(("", 8000))
clientes = []


def atender(conexion):
    while datos := conexion.recv(6):
        texto = datos.decode()
        for otro in clientes:
            if otro is not conexion:
                otro.sendall(texto.encode())


while True:
    conexion, direccion = servidor.accept()
    clientes.append(conexion)
    threading.Thread(target=atender, args=(conexion,), daemon=True).start()
""",
    "cliente": """
import socket
import threading

conexion = socket.create_connection(("localhost", 8000))
nombre = input("Tu nombre: ")


def leer():
    while datos := conexion.recv(1024):
        print(datos.decode("utf-8", "replace"), end="", flush=True)


threading.Thread(target=leer, daemon=True).start()
while True:
    conexion.sendall(f"{nombre}: {input()}\\n".encode())
""",
}


@pytest.mark.lento
def test_una_letra_cortada_se_ve_en_el_recv_que_la_corto(ver: Ver, tmp_path: Path) -> None:
    (tmp_path / "entrega").mkdir()
    entrega = escribir(tmp_path / "entrega", **CORTA_LETRAS)

    vista = ver(entrega, "tildes")

    assert vista.principal.endswith("bytes, y el último no acaba su letra.")
    suceso = vista.justo_antes
    assert suceso["que"] == "recv"
    assert "b64" in suceso, "no es texto por sí solo: acaba a mitad de una letra"
    assert any("UnicodeDecodeError" in marca for marca in vista.marcas)


@pytest.mark.lento
def test_un_candado_que_nadie_suelta_se_ve_al_final_como_se_quedo(ver: Ver) -> None:
    vista = ver(PAREJAS / "candado_mientras_lee", "un_mensaje_llega")

    assert vista.principal.startswith("Así se quedó: En el servidor, el hilo «Thread-2 (atender)»")
    parado = next(uno for uno in vista.grabacion.lineas[::-1] if uno["que"] == "espera")
    assert vista.linea_de_codigo(parado["lugar"]) == "with candado:"
    assert parado["en"] == "candado"
    assert parado["dueno"] == 2, "lo tiene el hilo que atiende a la primera persona"
    despues = vista.grabacion.lineas[vista.grabacion.lineas.index(vista.justo_antes) + 2 :]
    assert not {uno["que"] for uno in despues} & {"send", "recv", "pantalla", "tecla"}


@pytest.mark.lento
def test_quien_no_lee_y_detiene_a_los_demas_se_ve_parado(ver: Ver) -> None:
    vista = ver(PAREJAS / "nombre_en_el_bucle_de_accept", "no_lee")

    assert vista.principal.startswith("Así se quedó: El programa de Elena no lee, y el servidor")
    elena = next(uno["p"] for uno in vista.grabacion.programas if uno["nombre"] == "Elena")
    senales = [(uno["p"], uno["senal"]) for uno in vista.grabacion.lineas if uno["que"] == "senal"]
    assert (elena, "SIGSTOP") in senales


@pytest.mark.lento
def test_una_pregunta_que_no_se_sabe_contestar_se_ve_cuando_sale(ver: Ver) -> None:
    vista = ver(PAREJAS / "palabra_dictada", "un_mensaje_llega")

    assert vista.resultado.motivo
    assert vista.principal == (
        "Esto es lo último que salió en la pantalla de Ana, y no se sabe qué contestar."
    )
    assert vista.justo_antes["que"] == "pantalla"


@pytest.mark.lento
def test_quien_no_termina_con_ctrl_c_se_ve_cuando_se_pulsa(ver: Ver) -> None:
    vista = ver(PAREJAS / "nombre_en_el_bucle_de_accept", "ctrl_c")

    assert "Aquí se ha pulsado Ctrl+C, y sigue en marcha." in vista.marcas
    teclas = [uno["texto"] for uno in vista.grabacion.lineas if uno["que"] == "tecla"]
    assert "\x03" in teclas


@pytest.mark.lento
def test_quien_gira_sin_parar_cabe_y_se_ve_el_primer_recv_vacio(ver: Ver) -> None:
    vista = ver(PAREJAS / "gira_con_vacio", "los_demas_saben_quien_sale")

    assert vista.principal.startswith("Aquí `recv` devolvió vacío por primera vez")
    assert vista.justo_antes["que"] == "recv"
    assert vista.justo_antes["cuantos"] == 0


@pytest.mark.lento
def test_sin_pedirlas_no_se_hace_ninguna(tmp_path: Path) -> None:
    entrega = PAREJAS / "cae_con_la_primera_y_su_cliente_gira"
    con, sin = tmp_path / "con.json", tmp_path / "sin.json"
    (tmp_path / "peliculas").mkdir()
    rodado = corregir(
        DIFUSION, entrega, con, "-k", "se_conecta", "--peliculas", str(tmp_path / "peliculas")
    )
    no_rodado = corregir(DIFUSION, entrega, sin, "-k", "se_conecta")

    assert [uno.veredicto for uno in rodado.resultados] == [
        uno.veredicto for uno in no_rodado.resultados
    ]
    assert sorted(uno.name for uno in tmp_path.iterdir()) == ["con.json", "peliculas", "sin.json"]


def test_hacerla_no_carga_el_observador_si_no_se_pide() -> None:
    """Quien solo corrige no lo paga: ni al empezar."""
    codigo = (
        "import sys, chatlab.ordenes.corregir, chatlab.corrector.taller.taller;"
        "print([uno for uno in sys.modules if 'observador' in uno])"
    )
    salida = subprocess.run(
        [sys.executable, "-c", codigo], cwd=RAIZ, capture_output=True, text=True, check=True
    ).stdout

    assert salida.strip() == "[]"
