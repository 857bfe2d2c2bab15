"""Entregas que intentan llegar a los archivos de quien corrige, o dejarlo esperando.

Ninguna hace daño: los archivos a los que apuntan son de la propia prueba.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.entrega import copia
from chatlab.corrector.entrega.buscar import Entrega, ErrorDeEntrega
from chatlab.corrector.escenario.escenario import Escenario
from chatlab.corrector.modelo import Informe
from chatlab.corrector.trato.teclado import lee_el_teclado
from tests.apoyo.programa import RAIZ
from tests.corrector.apoyo_de_jaula import con_bubblewrap
from tests.corrector.corregir import corregir

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="se hacen trampas de Unix")

#: Con unas pocas comprobaciones basta para verlo; con los lentos, todas.
con_unas_o_con_todas = pytest.mark.parametrize(
    "cuales",
    [
        pytest.param(("-k", "arranca or conecta or aparece_en or llega_a"), id="unas"),
        pytest.param((), id="todas", marks=pytest.mark.lento),
    ],
)

SECRETO = "apellidos, nota\nGarcía, suspenso"


@pytest.fixture
def notas(tmp_path: Path) -> Path:
    archivo = tmp_path / "del-profesor" / "notas.txt"
    archivo.parent.mkdir()
    archivo.write_text(SECRETO, encoding="utf-8")
    return archivo


def con_trampa(carpeta: Path, leccion: str, programa: str, trampa: str) -> Path:
    """La solución de la lección con unas líneas más en uno de sus programas."""
    shutil.copytree(RAIZ / "lessons" / leccion / "solucion", carpeta)
    archivo = carpeta / programa
    de_verdad = archivo.read_text(encoding="utf-8")
    futuro = "from __future__ import annotations\n"
    archivo.write_text(futuro + dedent(trampa) + de_verdad.replace(futuro, ""), encoding="utf-8")
    return carpeta


def lo_que_se_vio(informe: Informe) -> str:
    return "\n".join(str(resultado) for resultado in informe.resultados)


def test_un_enlace_en_el_lugar_de_un_puerto_o_de_un_borrador_no_llega_a_ningun_archivo(
    tmp_path: Path, notas: Path
) -> None:
    trampa = f"""
        import os
        puertos = os.environ["CHATLAB_SONDA"] + "/puertos/"
        for nombre in ("borrador-del-testigo", "borrador"):
            if not os.path.lexists(puertos + nombre):
                os.symlink({str(notas)!r}, puertos + nombre)
    """
    entrega = con_trampa(tmp_path / "entrega", "04_tramas", "servidor.py", trampa)
    salida = tmp_path / "informe.json"

    informe = corregir(RAIZ / "lessons" / "04_tramas", entrega, salida)

    assert notas.read_text(encoding="utf-8") == SECRETO
    assert "suspenso" not in salida.read_text(encoding="utf-8")
    assert not informe.aprobado
    assert "cambió los archivos con los que el corrector reparte los puertos" in lo_que_se_vio(
        informe
    )


@con_bubblewrap
def test_el_codigo_que_se_cita_es_el_entregado_aunque_el_programa_cambie_su_archivo(
    tmp_path: Path,
) -> None:
    """Es también lo que haría un enlace puesto justo después de mirar qué es el archivo."""
    trampa = f"""
        import os
        open("servidor.py", "w").write({SECRETO!r})
        ruta = os.path.abspath("servidor.py")
        print("Traceback (most recent call last):")
        print(f'  File "{{ruta}}", line 2, in <module>')
        print("NameError: name 'x' is not defined", flush=True)
        os._exit(1)
    """
    entrega = con_trampa(tmp_path / "entrega", "03_difusion", "servidor.py", trampa)
    salida = tmp_path / "informe.json"

    informe = corregir(RAIZ / "lessons" / "03_difusion", entrega, salida)

    assert "servidor.py" in lo_que_se_vio(informe)
    assert "García, suspenso" not in lo_que_se_vio(informe)


@con_unas_o_con_todas
def test_un_fifo_en_el_lugar_de_un_programa_no_deja_esperando(
    tmp_path: Path, cuales: tuple[str, ...]
) -> None:
    trampa = """
        import os
        os.unlink("cliente.py")
        os.mkfifo("cliente.py")
    """
    entrega = con_trampa(tmp_path / "entrega", "03_difusion", "servidor.py", trampa)

    leccion = RAIZ / "lessons" / "03_difusion"
    informe = corregir(leccion, entrega, tmp_path / "informe.json", *cuales)

    assert {uno.comprobacion.clave for uno in informe.resultados} >= {
        *("servidor_escucha", "cliente_conecta", "mensaje_llega")
    }
    assert not informe.aprobado
    assert "puso en el sitio de cliente.py algo que no es un archivo" in lo_que_se_vio(informe)


@pytest.mark.parametrize("trampa", ["enlace", "fifo"])
def test_de_un_programa_que_ya_no_es_un_archivo_no_se_lee_nada(
    tmp_path: Path, notas: Path, trampa: str
) -> None:
    shutil.copytree(RAIZ / "lessons" / "03_difusion" / "solucion", tmp_path / "entrega")
    escenario = Escenario(Entrega.buscar(tmp_path / "entrega"))
    try:
        cliente = escenario.programa_de("Ana")
        cliente.unlink()
        if trampa == "enlace":
            cliente.symlink_to(notas)
        else:
            os.mkfifo(cliente)

        assert escenario.codigo_de("Ana") == ""
        assert "import" in escenario.codigo_de(SERVIDOR)
        assert not lee_el_teclado(escenario.jaula.carpeta, Path("servidor.py"))
    finally:
        escenario.cerrar()


@pytest.mark.skipif(sys.platform == "darwin", reason="allí los nombres son UTF-8")
@con_unas_o_con_todas
def test_los_nombres_que_no_son_utf8_no_dejan_sin_informe(
    tmp_path: Path, cuales: tuple[str, ...]
) -> None:
    entrega = tmp_path / os.fsdecode(b"Jos\xe9")
    shutil.copytree(RAIZ / "lessons" / "01_bitacora" / "solucion", entrega)
    (entrega / os.fsdecode(b"caf\xe9.py")).touch()

    leccion = RAIZ / "lessons" / "01_bitacora"
    informe = corregir(leccion, entrega, tmp_path / "informe.json", *cuales)

    assert len(informe.resultados) >= 3
    assert informe.aprobado


@pytest.mark.parametrize(
    ("poner", "frase"),
    [
        (lambda ruta, notas: ruta.symlink_to(notas), "«servidor.py» es un enlace a otro sitio"),
        (lambda ruta, _: os.mkfifo(ruta), "Lo que se llama «servidor.py» no es un archivo"),
    ],
    ids=["enlace", "fifo"],
)
def test_si_un_programa_no_es_un_archivo_se_dice(
    tmp_path: Path, notas: Path, poner: Callable[[Path, Path], None], frase: str
) -> None:
    (tmp_path / "entrega").mkdir()
    (tmp_path / "entrega" / "cliente.py").write_text("print()")
    poner(tmp_path / "entrega" / "servidor.py", notas)

    with pytest.raises(ErrorDeEntrega, match=frase):
        Entrega.buscar(tmp_path / "entrega")


def test_entre_mas_archivos_de_los_que_se_miran_se_encuentran_los_programas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copia, "MAX_ARCHIVOS", 100)  # con los miles de siempre tarda lo que ellos
    for numero in range(copia.MAX_ARCHIVOS + 10):
        (tmp_path / f"a{numero}.txt").touch()
    for programa in ("servidor.py", "cliente.py"):
        (tmp_path / programa).write_text("print()")

    assert Entrega.buscar(tmp_path).servidor == Path("servidor.py")
