"""Las órdenes: `chatlab corregir`, `empezar`, `vigilar`, `pista` y `lecciones`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatlab.corrector.informes.redaccion import titular
from chatlab.corrector.modelo import Comprobacion, Informe, Nivel
from chatlab.corrector.rubrica import con_pesos
from chatlab.corrector.taller import estado, pedido, taller
from chatlab.corrector.taller.avance import MARCA, Avance
from chatlab.curso import lecciones as curso
from chatlab.curso.lecciones import leer_leccion
from chatlab.curso.pistas import leer_pistas
from chatlab.errores import ErrorDeArchivo, ErrorParaPersonas
from chatlab.ordenes import corregir, empezar, lecciones, pista
from chatlab.programa.archivos import guardar
from chatlab.programa.instalacion import FaltaInstalar, exigir
from tests.apoyo.programa import RAIZ, Programa
from tests.conftest import Lanzar
from tests.corrector.apoyo_de_informes import (
    ERRATA,
    EXTENSION,
    aprobado,
    bien,
    crear_entrega,
    crear_extension,
    crear_lecciones,
    esperar_llamada,
    falla,
    informe,
    suspenso,
)

#: Ejecuta una orden con el corrector y las lecciones de mentira: su carpeta, y después la orden.
CHATLAB_DE_MENTIRA = f"""
import pathlib, sys
from chatlab.corrector.taller import taller
from chatlab.curso import lecciones as curso
taller.EXTENSION = {EXTENSION!r}
curso.EN_EL_CLON = pathlib.Path(sys.argv[1])
del sys.argv[1]
from chatlab.cli import principal
principal()
"""
#: Ejecuta una orden en un Python que no ve ningún paquete instalado.
CHATLAB_SIN_PAQUETES = "import sys; sys.path.insert(0, sys.argv.pop(1)); import chatlab.__main__"

Salida = Callable[[], str]


@pytest.fixture
def aula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta vacía en la que se está, con dos lecciones y el corrector de mentira."""
    monkeypatch.setattr(curso, "EN_EL_CLON", crear_lecciones(tmp_path / "lessons"))
    monkeypatch.setattr(taller, "EXTENSION", EXTENSION)
    monkeypatch.setenv("PYTHONPATH", str(crear_extension(tmp_path / "extension")))
    (tmp_path / "aula").mkdir()
    monkeypatch.chdir(tmp_path / "aula")
    return tmp_path / "aula"


@pytest.fixture
def salida(capsys: pytest.CaptureFixture[str]) -> Salida:
    """Lo que se ha escrito desde la última vez."""
    return lambda: capsys.readouterr().out


def arrancar(lanzar: Lanzar, aula: Path, *orden: str) -> Programa:
    """La orden en su propio proceso, para poder interrumpirla."""
    rutas = {"PYTHONPATH": os.pathsep.join([str(RAIZ), str(aula.parent / "extension")])}
    return lanzar(
        "-c", CHATLAB_DE_MENTIRA, str(aula.parent / "lessons"), *orden, carpeta=aula, entorno=rutas
    )


# --- corregir -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dicha", ["03", "3", "03_difusion", "difusión", "DIFUSION", "x/03_difusion/"]
)
def test_la_leccion_se_puede_decir_de_varias_maneras(
    aula: Path, salida: Salida, dicha: str
) -> None:
    crear_entrega(aula, aprobado())

    assert corregir.principal([dicha]) == 0
    assert "Lección 03 · Difusión" in salida()


def test_una_leccion_que_no_existe_dice_cuales_hay(
    aula: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as fin:
        corregir.principal(["07"])

    assert fin.value.code == 2
    dicho = capsys.readouterr().err
    assert "no conozco la lección «07»; están 02 (turnos) y 03 (difusión)" in dicho


def test_una_leccion_sin_comprobaciones_no_se_puede_corregir(aula: Path) -> None:
    with pytest.raises(ErrorParaPersonas, match="Lección 02 · Turnos no tiene ejercicio"):
        corregir.principal(["02"])


def test_el_codigo_es_0_solo_si_lo_basico_esta_bien(aula: Path, salida: Salida) -> None:
    crear_entrega(aula / "Ana", aprobado())
    crear_entrega(aula / "Bruno", suspenso())
    (aula / "vacía").mkdir()

    assert corregir.principal(["03", "Ana"]) == 0
    assert corregir.principal(["03", "Bruno"]) == 1
    assert corregir.principal(["03", "vacía"]) == 1


def test_la_primera_linea_nombra_archivo_linea_y_arreglo(aula: Path, salida: Salida) -> None:
    crear_entrega(aula, suspenso())

    corregir.principal(["03"])

    assert salida().startswith(titular(ERRATA) + "\n")


def test_con_detalle_se_ven_las_pantallas(aula: Path, salida: Salida) -> None:
    crear_entrega(aula, aprobado())

    corregir.principal(["03", "--detalle"])

    assert "Pantalla de Carlos:" in salida()


def test_con_json_solo_se_escribe_json(aula: Path, salida: Salida) -> None:
    crear_entrega(aula / "Íñigo", suspenso())

    assert corregir.principal(["03", "Íñigo", "--json"]) == 1
    assert Informe.de_json(json.loads(salida())) == suspenso("Íñigo")


def test_con_junit_se_guarda_un_archivo(aula: Path, salida: Salida) -> None:
    crear_entrega(aula, suspenso())

    corregir.principal(["03", "--junit", "notas.xml"])

    assert len(ET.parse(aula / "notas.xml").findall("testsuite/testcase/failure")) == 2
    assert "1 de 6 puntos" in salida()


def test_un_archivo_que_no_se_puede_guardar_se_dice_antes_de_corregir(
    aula: Path, salida: Salida
) -> None:
    crear_entrega(aula, aprobado())

    with pytest.raises(ErrorDeArchivo, match="no existe la carpeta donde va"):
        corregir.principal(["03", "--csv", "no/existe.csv"])
    with pytest.raises(ErrorDeArchivo, match="ya hay una carpeta"):
        corregir.principal(["03", "--informe", "."])
    assert salida() == ""


@pytest.mark.parametrize("rubrica", ["no_existe.toml", "mala.toml"])
def test_una_rubrica_que_no_se_entiende_se_dice_antes_de_corregir(aula: Path, rubrica: str) -> None:
    (aula / "mala.toml").write_text("puntos = =", encoding="utf-8")

    with pytest.raises(ErrorDeArchivo, match="No puedo leer la rúbrica"):
        corregir.principal(["03", "--rubrica", rubrica])


def test_corregir_una_carpeta_ajena_no_escribe_nada_en_ella(aula: Path) -> None:
    entrega = crear_entrega(aula / "Ana", aprobado())
    antes = sorted(aula.rglob("*"))

    corregir.principal(["03", str(entrega)])

    assert sorted(aula.rglob("*")) == antes


# --- corregir --clase ---------------------------------------------------------------------------


@pytest.fixture
def clase(aula: Path) -> Path:
    """Cuatro entregas: dos que se pueden corregir, una sin programas y otra con nombres malos."""
    crear_entrega(aula / "clase" / "Ana García", aprobado())
    crear_entrega(aula / "clase" / "Íñigo (2.º B)", suspenso())
    (aula / "clase" / "Óscar").mkdir()
    crear_entrega(aula / "clase" / "Zoe", aprobado())
    (aula / "clase" / "Zoe" / "servidor.py").rename(aula / "clase" / "Zoe" / "chat.py")
    return aula / "clase"


def test_cada_subcarpeta_es_una_fila_pase_lo_que_pase(clase: Path, salida: Salida) -> None:
    assert corregir.principal(["03", "--clase", "clase"]) == 0

    texto = salida()
    assert re.search(r"^Ana García +2/2 +0/1 +4/6 +6,7$", texto, re.MULTILINE)
    assert re.search(r"^Íñigo \(2\.º B\) +1/2 +0/1 +1/6 +1,7$", texto, re.MULTILINE)
    assert f"Óscar: La carpeta «clase/Óscar» ({clase / 'Óscar'}) está vacía." in texto
    assert f"Zoe: En «clase/Zoe» ({clase / 'Zoe'}) no está el servidor" in texto
    assert "4 entregas: 2 corregidas y 1 aprobada" in texto
    assert "Nota media de las corregidas: 4,2." in texto
    assert "Lo que más falla: «Dos mensajes rápidos llegan como dos» (2 de 2)." in texto


def test_la_clase_se_guarda_como_pagina_y_como_hoja_de_calculo(clase: Path, salida: Salida) -> None:
    corregir.principal(
        ["3", "--clase", "clase", "--informe", "i.html", "--csv", "n.csv", "--junit", "j.xml"]
    )

    pagina = (clase.parent / "i.html").read_text(encoding="utf-8")
    assert "<title>Lección 03 · Difusión · clase</title>" in pagina
    hoja = (clase.parent / "n.csv").read_bytes()
    assert hoja.startswith(b"\xef\xbb\xbf")
    assert "Ana García;4;6;6,7;sí;" in hoja.decode("utf-8-sig")
    assert len(ET.parse(clase.parent / "j.xml").findall("testsuite")) == 4


def test_la_clase_en_json_es_una_lista(clase: Path, salida: Salida) -> None:
    corregir.principal(["03", "--clase", "clase", "--json", "--a-la-vez", "1"])

    assert [uno["nota"] for uno in json.loads(salida())] == [6.7, 1.7, 0.0, 0.0]


def test_con_detalle_va_delante_el_informe_de_cada_entrega(clase: Path, salida: Salida) -> None:
    corregir.principal(["03", "--clase", "clase", "--detalle"])

    texto = salida()
    assert "Lección 03 · Difusión · Ana García\n" in texto
    assert texto.index("Pantalla de Carlos:") < texto.index("Estudiante")


def test_corregir_una_clase_no_escribe_nada_en_ella(clase: Path) -> None:
    antes = sorted(clase.parent.rglob("*"))

    corregir.principal(["03", "--clase", "clase"])

    assert sorted(clase.parent.rglob("*")) == antes


def test_si_el_corrector_falla_en_alguna_el_codigo_es_1(clase: Path, salida: Salida) -> None:
    crear_entrega(clase / "Carlos", {"codigo": 9})

    assert corregir.principal(["03", "--clase", "clase"]) == 1
    assert "Carlos: No se pudo comprobar: error del corrector" in salida()


def test_una_carpeta_y_una_clase_a_la_vez_no_se_entienden(
    aula: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as fin:
        corregir.principal(["03", "Ana", "--clase", "clase"])

    assert fin.value.code == 2
    assert "no las dos cosas" in capsys.readouterr().err


def test_ctrl_c_en_mitad_de_una_clase_no_deja_nada_en_marcha(aula: Path, lanzar: Lanzar) -> None:
    with esperar_llamada() as llamada:
        for nombre in ("Ana", "Bruno"):
            crear_entrega(aula / "clase" / nombre, {"avisa": llamada.puerto})
        orden = arrancar(lanzar, aula, "corregir", "03", "--clase", "clase", "--a-la-vez", "1")
        llamada.esperar()
        orden.ctrl_c()

        assert orden.esperar_fin() == 0
        assert llamada.no_queda_nadie()
    assert "Traceback" not in orden.transcripcion()


# --- empezar ------------------------------------------------------------------------------------


def test_empezar_copia_la_guia_y_el_ejercicio_y_nada_mas(aula: Path, salida: Salida) -> None:
    assert empezar.principal([]) == 0

    copiados = [ruta.relative_to(aula) for ruta in aula.rglob("*") if ruta.is_file()]
    assert sorted(ruta.as_posix() for ruta in copiados) == [
        f"ejercicios/{MARCA}",
        "ejercicios/03_difusion/README.md",
        "ejercicios/03_difusion/ejercicio/cliente.py",
        "ejercicios/03_difusion/ejercicio/servidor.py",
    ]
    texto = salida()
    assert "03_difusion: 3 archivos nuevos\n" in texto
    assert "corregir 03\n" in texto


def test_empezar_otra_vez_no_toca_lo_que_hay_y_repone_lo_que_falta(
    aula: Path, salida: Salida
) -> None:
    empezar.principal(["mi carpeta"])
    ejercicio = aula / "mi carpeta" / "03_difusion" / "ejercicio"
    (ejercicio / "servidor.py").write_text("# mi trabajo", encoding="utf-8")
    (ejercicio / "cliente.py").unlink()
    salida()

    empezar.principal(["mi carpeta"])

    assert (ejercicio / "servidor.py").read_text(encoding="utf-8") == "# mi trabajo"
    assert (ejercicio / "cliente.py").is_file()
    texto = salida()
    assert "1 archivo nuevo, 2 archivos que ya tenías, sin tocar" in texto
    assert 'corregir 03 "mi carpeta"\n' in texto


def test_empezar_no_borra_el_avance(aula: Path) -> None:
    empezar.principal([])
    crear_entrega(aula / "ejercicios" / "03_difusion" / "ejercicio", aprobado())
    corregir.principal(["03"])
    antes = Avance(aula / "ejercicios").ultima(leer_leccion("03"))

    empezar.principal([])

    assert Avance(aula / "ejercicios").ultima(leer_leccion("03")) == antes is not None


def test_empezar_donde_hay_un_archivo_lo_dice_en_una_frase(aula: Path) -> None:
    (aula / "notas.txt").touch()

    with pytest.raises(ErrorDeArchivo, match=r"notas\.txt"):
        empezar.principal(["notas.txt"])


# --- Qué carpeta se corrige ---------------------------------------------------------------------


@pytest.fixture
def ejercicios(aula: Path) -> Path:
    """La carpeta de `chatlab empezar`, con el ejercicio de la 03 aprobado."""
    empezar.principal([])
    crear_entrega(aula / "ejercicios" / "03_difusion" / "ejercicio", aprobado())
    return aula / "ejercicios"


@pytest.mark.parametrize("desde", [".", "ejercicios", "ejercicios/03_difusion/ejercicio"])
def test_sin_carpeta_se_corrige_el_ejercicio_de_la_leccion(
    ejercicios: Path, monkeypatch: pytest.MonkeyPatch, salida: Salida, desde: str
) -> None:
    monkeypatch.chdir(ejercicios.parent / desde)

    assert corregir.principal(["03"]) == 0
    assert "ejercicio" in salida()


def test_desde_el_ejercicio_de_otra_leccion_manda_la_orden(
    ejercicios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ejercicios / "02_turnos" / "ejercicio").mkdir(parents=True)
    monkeypatch.chdir(ejercicios / "02_turnos" / "ejercicio")

    assert corregir.principal(["03"]) == 0


def test_se_puede_dar_la_carpeta_de_empezar(ejercicios: Path) -> None:
    assert corregir.principal(["03", "ejercicios"]) == 0


def test_sin_carpeta_de_empezar_se_corrige_la_actual(aula: Path) -> None:
    crear_entrega(aula, aprobado())

    assert corregir.principal(["03"]) == 0


def test_una_carpeta_que_se_dice_es_la_que_se_corrige(ejercicios: Path) -> None:
    otra = crear_entrega(ejercicios / "03_difusion" / "otra versión", suspenso())

    assert corregir.principal(["03", str(otra)]) == 1


@pytest.mark.parametrize(
    ("carpeta", "orden"),
    [("ejercicios", "pista 03\n"), ("mis ejercicios", 'pista 03 --carpeta "mis ejercicios"\n')],
)
def test_la_pista_que_se_ofrece_sirve_desde_donde_se_esta(
    aula: Path, salida: Salida, carpeta: str, orden: str
) -> None:
    empezar.principal([carpeta])
    crear_entrega(aula / carpeta / "03_difusion" / "ejercicio", suspenso())
    salida()

    corregir.principal(["03", carpeta])

    assert salida().endswith(orden)


def test_a_quien_le_falla_algo_se_le_dice_como_verlo(aula: Path, salida: Salida) -> None:
    empezar.principal([])
    crear_entrega(aula / "ejercicios" / "03_difusion" / "ejercicio", suspenso())
    salida()

    corregir.principal(["03"])
    assert "Para ver qué pasó: " in salida()

    corregir.principal(["03", "--ver"])
    dicho = salida()
    assert "Para ver qué pasó" not in dicho
    assert "No hay película: " in dicho  # el corrector de mentira no ha dejado ninguna


def test_quien_lo_hace_todo_bien_sabe_que_viene_despues(aula: Path, salida: Salida) -> None:
    (curso.EN_EL_CLON / "04_tramas").mkdir()
    empezar.principal([])
    crear_entrega(aula / "ejercicios" / "03_difusion" / "ejercicio", informe(bien("llega")))
    salida()

    assert corregir.principal(["03"]) == 0

    dicho = salida()
    assert "Lo siguiente, la Lección 04 · Tramas. Su primer reto: " in dicho
    assert dicho.endswith("reto 04.1\n")


# --- vigilar ------------------------------------------------------------------------------------


def test_vigilar_corrige_otra_vez_cada_vez_que_se_guarda(aula: Path, lanzar: Lanzar) -> None:
    crear_entrega(aula, suspenso())
    vigilante = arrancar(lanzar, aula, "vigilar", "03")
    vigilante.esperar("Vigilo")
    assert "nota 1,7" in vigilante.pantalla

    crear_entrega(aula, aprobado())
    vigilante.esperar("nota 6,7")
    vigilante.esperar("Vigilo", veces=2)
    (aula / "servidor.py").write_text("# otro", encoding="utf-8")
    vigilante.esperar("Ha cambiado servidor.py.")
    vigilante.esperar("Vigilo", veces=3)
    (aula / "nuevo\x1b[2J.py").write_text("# otro", encoding="utf-8")
    vigilante.esperar("Ha cambiado nuevo[2J.py.")  # el nombre no manda sobre la terminal
    vigilante.esperar("Vigilo", veces=4)

    vigilante.ctrl_c()
    assert vigilante.esperar_fin() == 0
    assert vigilante.pantalla.endswith("He dejado de vigilar.\n")


def test_ctrl_c_mientras_vigilar_corrige_no_deja_nada_en_marcha(aula: Path, lanzar: Lanzar) -> None:
    with esperar_llamada() as llamada:
        crear_entrega(aula, {"avisa": llamada.puerto})
        vigilante = arrancar(lanzar, aula, "vigilar", "03")
        llamada.esperar()
        vigilante.ctrl_c()

        assert vigilante.esperar_fin() == 0
        assert llamada.no_queda_nadie()
    assert "Traceback" not in vigilante.transcripcion()


def test_vigilar_una_carpeta_que_no_existe_termina_con_una_frase(
    aula: Path, lanzar: Lanzar
) -> None:
    vigilante = arrancar(lanzar, aula, "vigilar", "03", "nadie")

    assert vigilante.esperar_fin() == 1
    assert vigilante.errores.texto == "No existe la carpeta «nadie».\n"


# --- pista --------------------------------------------------------------------------------------


def test_cada_pista_dice_un_poco_mas_y_despues_de_la_ultima_vuelve_la_primera(
    ejercicios: Path, salida: Salida
) -> None:
    dichas = []
    for _ in range(3):
        salida()
        assert pista.principal(["03", "llega"]) == 0
        dichas.append(salida())

    assert dichas[0].startswith("llega · pista 1 de 2\n\n¿A quién?\n\nA todos.\n")
    assert dichas[1].startswith("llega · pista 2 de 2\n\n¿Cómo?\n")
    assert dichas[2] == dichas[0]


def test_sin_decir_cual_la_pista_es_de_lo_primero_que_fallo(
    ejercicios: Path, salida: Salida
) -> None:
    """Lo primero de lo básico, aunque lo robusto se comprobara antes."""
    crear_entrega(
        ejercicios / "03_difusion" / "ejercicio",
        informe(falla("rapidos"), bien("escucha"), falla("llega")),
    )
    corregir.principal(["03"])
    salida()

    pista.principal(["03"])

    assert salida().startswith("Un mensaje llega a los demás · pista 1 de 2\n")


@pytest.mark.parametrize("dicha", ["rapidos", "Rápidos", "dos mensajes rapidos llegan como dos"])
def test_una_comprobacion_se_puede_decir_por_su_titulo(
    ejercicios: Path, salida: Salida, dicha: str
) -> None:
    corregir.principal(["03"])
    salida()

    pista.principal(["03", dicha])

    assert "¿Pegados?" in salida()


@pytest.mark.parametrize(
    ("argumentos", "frase"),
    [
        (["03"], "Aún no sé qué te falla"),
        (["03", "xyz"], "No tengo pistas de «xyz». Las tengo de: llega, rapidos."),
        (["02", "llega"], "Las tengo de: ninguna."),
    ],
)
def test_sin_nada_que_decir_explica_que_hacer(
    ejercicios: Path, argumentos: list[str], frase: str
) -> None:
    with pytest.raises(ErrorParaPersonas, match=re.escape(frase)):
        pista.principal(argumentos)


def test_si_no_falla_nada_no_hay_pista(ejercicios: Path) -> None:
    crear_entrega(ejercicios / "03_difusion" / "ejercicio", informe(bien("escucha")))
    corregir.principal(["03"])

    with pytest.raises(ErrorParaPersonas, match="no fallaba nada"):
        pista.principal(["03"])


def test_las_pistas_de_cada_leccion_se_entienden() -> None:
    for leccion in curso.lecciones():
        assert bool(leer_pistas(leccion.pistas)) == leccion.pistas.is_file()


def test_el_informe_da_la_misma_primera_pista_que_la_orden() -> None:
    leccion = leer_leccion("03")
    (clave, (primera, *_)), *_ = leer_pistas(leccion.pistas).items()
    comprobacion = Comprobacion(clave, "", Nivel.BASICO, 1, "", "")

    con_pista = con_pesos(comprobacion, leccion.carpeta, None)

    assert con_pista.pista == f"{primera.pregunta} {primera.texto}"


def test_unas_pistas_que_no_se_entienden_se_dicen_igual_en_el_informe(tmp_path: Path) -> None:
    (tmp_path / "pistas.toml").write_text("[[pistas.escucha]]\ntexto = 'Sin pregunta.'\n")

    with pytest.raises(ErrorDeArchivo, match="No entiendo las pistas"):
        con_pesos(Comprobacion("escucha", "", Nivel.BASICO, 1, "", ""), tmp_path, None)


# --- lecciones ----------------------------------------------------------------------------------


def test_lecciones_ensena_como_se_va_en_cada_una(ejercicios: Path, salida: Salida) -> None:
    lecciones.principal([])
    assert "   03  Difusión  sin corregir\n" in salida()

    corregir.principal(["03"])
    salida()
    lecciones.principal([])

    texto = salida()
    assert "   02  Turnos    sin ejercicio\n" in texto
    assert " ✓ 03  Difusión  nota 6,7 · falla «Dos mensajes rápidos llegan como dos»\n" in texto
    assert "corregir 03" in texto


def test_sin_haber_empezado_lecciones_dice_como(aula: Path, salida: Salida) -> None:
    lecciones.principal([])

    assert "empezar" in salida()


def test_una_correccion_que_no_se_pudo_hacer_no_borra_el_avance(
    ejercicios: Path, salida: Salida
) -> None:
    corregir.principal(["03"])
    (ejercicios / "03_difusion" / "ejercicio" / "servidor.py").unlink()
    corregir.principal(["03"])
    salida()

    lecciones.principal([])

    assert "nota 6,7" in salida()


@pytest.mark.parametrize("roto", ["", "{", "[]", '{"correcciones": 3, "pistas": {}}', "{}"])
def test_un_avance_estropeado_se_empieza_de_nuevo(
    ejercicios: Path, salida: Salida, roto: str
) -> None:
    corregir.principal(["03"])
    estado.archivo_de(ejercicios).write_text(roto, encoding="utf-8")

    assert lecciones.principal([]) == 0
    assert corregir.principal(["03"]) == 0
    assert pista.principal(["03", "llega"]) == 0
    salida()
    lecciones.principal([])
    assert "nota 6,7" in salida()


def test_si_el_avance_no_se_puede_guardar_se_dice_y_se_sigue(
    ejercicios: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (ejercicios / "archivo").touch()
    monkeypatch.setenv(estado.VARIABLE, str(ejercicios / "archivo"))

    assert pista.principal(["03", "llega", "--carpeta", "ejercicios"]) == 0

    escrito = capsys.readouterr()
    assert "¿A quién?" in escrito.out
    assert escrito.err.startswith("El avance no se ha guardado. No puedo escribir")


def test_el_avance_no_se_guarda_en_la_carpeta_ni_por_un_enlace(
    ejercicios: Path, aula: Path, salida: Salida
) -> None:
    (ejercicios / MARCA).unlink()
    (aula / "ajeno.txt").write_text("mío", encoding="utf-8")
    (ejercicios / MARCA).symlink_to(aula / "ajeno.txt")
    antes = sorted(aula.rglob("*"))

    corregir.principal(["03", "ejercicios/03_difusion/ejercicio"])
    corregir.principal(["03", "ejercicios/03_difusion/ejercicio"])
    empezar.principal([])

    assert sorted(aula.rglob("*")) == antes
    assert (aula / "ajeno.txt").read_text(encoding="utf-8") == "mío"


def test_una_entrega_ajena_no_deja_avance_ni_nada_en_su_carpeta(aula: Path) -> None:
    entrega = crear_entrega(aula / "Ana", suspenso())
    antes = sorted(aula.rglob("*"))

    corregir.principal(["03", "Ana"])

    assert sorted(aula.rglob("*")) == antes
    assert Avance(entrega).ultima(leer_leccion("03")) is None


def test_el_avance_que_estaba_en_la_marca_no_se_pierde(ejercicios: Path, salida: Salida) -> None:
    corregir.principal(["03"])
    guardado = estado.archivo_de(ejercicios)
    (ejercicios / MARCA).write_bytes(guardado.read_bytes())
    guardado.unlink()
    salida()

    lecciones.principal([])

    assert "nota 6,7" in salida()


@pytest.mark.parametrize(
    "hostil",
    [
        '{"correcciones": {"03_difusion": {"nota": 1, "puntos": 1, "puntos_posibles": 1, '
        '"aprobado": false, "titulos": {"a": "\\u001b[31mrojo"}, "fallan": ["a"]}}}',
        '{"correcciones": {"03_difusion": ' + "[" * 5000 + "]" * 5000 + "}}",
        '{"correcciones": {"03_difusion": {"nota": 1e999, "puntos": 1e999}}}',
    ],
)
def test_de_una_marca_ajena_no_sale_nada_raro(
    ejercicios: Path, salida: Salida, hostil: str
) -> None:
    (ejercicios / MARCA).write_text(hostil, encoding="utf-8")

    assert lecciones.principal([]) == 0

    assert "\x1b" not in salida()


def test_si_no_ha_cambiado_nada_se_dice(ejercicios: Path, salida: Salida) -> None:
    servidor = ejercicios / "03_difusion" / "ejercicio" / "servidor.py"
    corregir.principal(["03"])
    assert "No has cambiado nada" not in salida()

    corregir.principal(["03"])
    assert "No has cambiado nada desde la última vez." in salida()

    servidor.write_text("# otra cosa", encoding="utf-8")
    corregir.principal(["03"])
    assert "No has cambiado nada" not in salida()


def test_en_una_clase_un_nombre_vale_solo_para_quien_lo_usa(aula: Path, salida: Salida) -> None:
    ana = crear_entrega(aula / "clase" / "Ana", aprobado())
    (ana / "servidor.py").rename(ana / "chat_server.py")
    crear_entrega(aula / "clase" / "Carlos", aprobado())

    corregir.principal(["03", "--clase", "clase", "--servidor", "chat_server.py"])

    assert "2 entregas: 2 corregidas" in salida()


# --- Guardar archivos ---------------------------------------------------------------------------


def test_guardar_sustituye_el_archivo_entero_y_no_deja_restos(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("antes, y más largo", encoding="utf-8")

    guardar(tmp_path / "a.txt", "ahora \ud800")

    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "ahora ?"
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows no existe /dev/stdout")
def test_la_salida_estandar_vale_como_archivo(aula: Path, lanzar: Lanzar) -> None:
    crear_entrega(aula, aprobado())
    orden = arrancar(lanzar, aula, "corregir", "03", "--csv", "/dev/stdout")

    assert orden.esperar_fin() == 0
    assert "Estudiante;Puntos;" in orden.pantalla
    assert Path("/dev/stdout").is_symlink()


# --- Sin instalar, e instalado ------------------------------------------------------------------


def sin_paquetes(aula: Path, *orden: str) -> subprocess.CompletedProcess[str]:
    """Ejecuta `chatlab ORDEN…` en un Python aislado (`-I`) que no ve los paquetes (`-S`)."""
    return subprocess.run(
        [sys.executable, "-S", "-I", "-c", CHATLAB_SIN_PAQUETES, str(RAIZ), *orden],
        cwd=aula,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize(
    "orden", [["--help"], ["lecciones"], ["empezar"], ["pista", "03", "mensaje_llega"]]
)
def test_sin_instalar_nada_se_puede_empezar(tmp_path: Path, orden: list[str]) -> None:
    ejecucion = sin_paquetes(tmp_path, *orden)

    assert (ejecucion.returncode, ejecucion.stderr) == (0, "")


@pytest.mark.parametrize("orden", ["corregir", "vigilar"])
def test_si_falta_una_biblioteca_dice_que_instalar(tmp_path: Path, orden: str) -> None:
    ejecucion = sin_paquetes(tmp_path, orden, "03")

    assert ejecucion.returncode == 1
    assert ejecucion.stderr.startswith(
        "Para esto hacen falta pytest y rich, que no están instalados. Instálalos con:\n"
    )
    assert re.search(r' -m pip install --editable ".*\[corrector\]"\n$', ejecucion.stderr)


def test_instalado_se_pide_con_su_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatlab.programa.instalacion.PAQUETE", Path("/otro/chatlab"))

    with pytest.raises(FaltaInstalar, match=r'pip install "[^"]+\[corrector\]"$'):
        exigir("biblioteca_que_no_existe", extra="corrector")


def test_la_ayuda_presenta_las_ordenes(tmp_path: Path) -> None:
    ayuda = sin_paquetes(tmp_path, "--help").stdout

    for orden in ("lecciones", "empezar", "corregir", "vigilar", "pista"):
        assert f"    {orden} " in ayuda


def test_las_lecciones_de_un_paquete_instalado_van_antes_que_las_de_fuera(
    aula: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(curso, "EN_EL_PAQUETE", tmp_path / "dentro")
    assert curso.carpeta_de_lecciones() == tmp_path / "lessons"

    (tmp_path / "dentro" / "04_tramas").mkdir(parents=True)
    assert [leccion.nombre for leccion in curso.lecciones()] == ["04_tramas"]
    assert curso.lecciones()[0].rotulo == "Lección 04 · Tramas"


def test_la_rueda_lleva_las_lecciones_donde_se_buscan() -> None:
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    rueda = proyecto["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert "lessons" in rueda["only-include"]
    assert rueda["sources"] == {"lessons": curso.EN_EL_PAQUETE.relative_to(RAIZ).as_posix()}


def test_cada_biblioteca_que_se_exige_esta_en_el_extra() -> None:
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    extra = " ".join(proyecto["project"]["optional-dependencies"]["corrector"])

    for biblioteca in (*pedido.BIBLIOTECAS, *corregir.BIBLIOTECAS_DE_LA_PAGINA):
        assert f"{biblioteca}>=" in extra
