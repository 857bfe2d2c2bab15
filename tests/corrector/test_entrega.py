"""Encontrar los programas de una entrega, o decir con claridad qué falta."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chatlab.corrector import copia
from chatlab.corrector.entrega import Entrega, ErrorDeEntrega


def crear(carpeta: Path, *archivos: str, contenido: str = "") -> Path:
    for archivo in archivos:
        (carpeta / archivo).parent.mkdir(parents=True, exist_ok=True)
        (carpeta / archivo).write_text(contenido, encoding="utf-8")
    return carpeta


def error_de(carpeta: Path, **nombres: str) -> str:
    with pytest.raises(ErrorDeEntrega) as caso:
        Entrega.buscar(carpeta, **nombres)
    return str(caso.value)


@pytest.mark.parametrize(
    ("servidor", "cliente"),
    [
        ("servidor.py", "cliente.py"),
        ("server.py", "client.py"),
        ("Servidor.py", "CLIENTE.PY"),
        ("servidor.py", "client.py"),
        ("chat/servidor.py", "chat/cliente.py"),
        ("mi chat ñandú/servidor.py", "mi chat ñandú/cliente.py"),
        ("servidor/servidor.py", "cliente/cliente.py"),
        ("servidor.py", "otra/cliente.py"),
        ("a/b/c/server.py", "a/b/c/client.py"),
    ],
)
def test_encuentra_los_programas_por_su_nombre(tmp_path: Path, servidor: str, cliente: str) -> None:
    carpeta = crear(tmp_path / "Lucía Ñu", servidor, cliente, "utiles.py")

    entrega = Entrega.buscar(carpeta)

    assert entrega == Entrega(carpeta.resolve(), Path(servidor), Path(cliente))


def test_los_de_fuera_valen_mas_que_los_de_una_subcarpeta(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py", "cliente.py", "viejo/servidor.py", "viejo/cliente.py")

    assert Entrega.buscar(tmp_path).servidor == Path("servidor.py")


def test_no_busca_en_lo_que_no_es_del_programa(tmp_path: Path) -> None:
    ajenas = [".git", "__pycache__", "__MACOSX", "node_modules", "entorno"]
    crear(tmp_path, *(f"{ajena}/servidor.py" for ajena in ajenas), "entorno/pyvenv.cfg")
    crear(tmp_path, "chat/servidor.py", "chat/cliente.py", "chat/._servidor.py")

    assert Entrega.buscar(tmp_path).servidor == Path("chat/servidor.py")


def test_los_nombres_que_se_dicen_mandan(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py", "cliente.py", "chat/main 1.py")

    assert Entrega.buscar(tmp_path, servidor="chat/main 1.py").servidor == Path("chat/main 1.py")
    assert Entrega.buscar(tmp_path, servidor="main 1.py").servidor == Path("chat/main 1.py")
    assert "¿Querías decir «cliente.py»?" in error_de(tmp_path, cliente="clinte.py")
    assert "no está «../otro.py»" in error_de(tmp_path, cliente="../otro.py")


def test_un_programa_que_no_es_utf8_no_es_problema(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py")
    (tmp_path / "mi_cliente.py").write_bytes("# Año\ns.connect(('', 1))\n".encode("latin-1"))

    assert Entrega.buscar(tmp_path, cliente="mi_cliente.py").cliente == Path("mi_cliente.py")
    assert "¿Es mi_cliente.py el cliente?" in error_de(tmp_path)


# --- Lo que falta, dicho ---


def test_la_carpeta_no_existe(tmp_path: Path) -> None:
    (tmp_path / "ejercicio").mkdir()

    mensaje = error_de(tmp_path / "ejercico")

    assert mensaje.startswith(f"No existe la carpeta «{tmp_path / 'ejercico'}».")
    assert f"¿Querías decir «{tmp_path / 'ejercicio'}»?" in mensaje


def test_la_carpeta_esta_vacia(tmp_path: Path) -> None:
    assert error_de(tmp_path) == f"La carpeta «{tmp_path}» está vacía."


@pytest.mark.parametrize(
    ("archivo", "remedio"), [("ana.zip", "descomprímelo antes"), ("servidor.py", "Dame la carpeta")]
)
def test_no_es_una_carpeta(tmp_path: Path, archivo: str, remedio: str) -> None:
    crear(tmp_path, archivo)

    mensaje = error_de(tmp_path / archivo)

    assert "es un archivo, y esperaba una carpeta" in mensaje
    assert remedio in mensaje


def test_no_hay_programas(tmp_path: Path) -> None:
    crear(tmp_path, "memoria.pdf", "captura.png")

    assert error_de(tmp_path) == (
        f"En «{tmp_path}» no está ni el servidor (servidor.py o server.py) "
        "ni el cliente (cliente.py o client.py). "
        "No hay ningún programa de Python; hay captura.png y memoria.pdf."
    )


def test_solo_hay_uno_de_los_dos(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py")

    assert error_de(tmp_path) == (f"En «{tmp_path}» no está el cliente (cliente.py o client.py).")


def test_hay_dos_candidatos_en_subcarpetas_distintas(tmp_path: Path) -> None:
    crear(tmp_path, "v1/servidor.py", "v1/cliente.py", "v2/servidor.py", "v2/cliente.py")

    assert error_de(tmp_path) == (
        "Hay 2 programas que pueden ser el servidor: v1/servidor.py y v2/servidor.py. "
        "Di cuál con --servidor v1/servidor.py."
    )


def test_los_nombres_equivocados_se_reconocen_por_su_nombre_o_por_lo_que_hacen(
    tmp_path: Path,
) -> None:
    crear(tmp_path, "main_servidor.py")
    crear(tmp_path, "ana.py", contenido="s.connect(('localhost', 8000))")
    crear(tmp_path, "utiles.py")

    mensaje = error_de(tmp_path)

    assert "¿Es main_servidor.py el servidor? Usa --servidor main_servidor.py." in mensaje
    assert "¿Es ana.py el cliente? Usa --cliente ana.py." in mensaje


def test_si_hay_varios_posibles_los_nombra(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py", "cliente 1.py", "cliente 2.py")

    assert "¿Es el cliente uno de estos: cliente 1.py y cliente 2.py? Dilo con --cliente." in (
        error_de(tmp_path)
    )


def test_una_carpeta_sin_permiso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def negarse(_carpeta: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", negarse)

    assert error_de(tmp_path) == f"No tengo permiso para leer la carpeta «{tmp_path}»."


# --- La copia ---


def nombres(carpeta: Path) -> set[str]:
    return {
        ruta.relative_to(carpeta).as_posix() for ruta in carpeta.rglob("*") if not ruta.is_dir()
    }


def test_la_copia_lleva_solo_lo_del_programa(tmp_path: Path) -> None:
    origen = crear(tmp_path / "origen", "servidor.py", "datos/notas.txt", ".git/HEAD")
    crear(origen, "__pycache__/x.pyc", "venv/pyvenv.cfg", "venv/bin/python", ".env")

    copia.copiar(origen, tmp_path / "copia", 1000)

    assert nombres(tmp_path / "copia") == {"servidor.py", "datos/notas.txt", ".env"}


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows hace falta permiso para enlazar")
def test_la_copia_no_sigue_enlaces_que_salen_ni_espera_a_un_fifo(tmp_path: Path) -> None:
    crear(tmp_path, "secreto.txt")
    origen = crear(tmp_path / "origen", "servidor.py")
    (origen / "fuera.txt").symlink_to(tmp_path / "secreto.txt")
    (origen / "roto.txt").symlink_to("no existe")
    (origen / "dentro.py").symlink_to("servidor.py")
    (origen / "carpeta").symlink_to(tmp_path)
    os.mkfifo(origen / "fifo")

    copia.copiar(origen, tmp_path / "copia", 1000)

    assert nombres(tmp_path / "copia") == {"servidor.py", "dentro.py"}


def test_lo_que_no_cabe_se_queda_fuera_empezando_por_lo_mas_grande(tmp_path: Path) -> None:
    origen = crear(tmp_path / "origen", "servidor.py", "cliente.py", contenido="x" * 100)
    crear(origen, "a_video.mp4", contenido="x" * 10_000)

    copia.copiar(origen, tmp_path / "copia", 5000)

    assert nombres(tmp_path / "copia") == {"servidor.py", "cliente.py"}


def test_se_puede_escribir_en_la_copia_de_un_archivo_de_solo_lectura(tmp_path: Path) -> None:
    origen = crear(tmp_path / "origen", "servidor.py")
    (origen / "servidor.py").chmod(0o400)

    copia.copiar(origen, tmp_path / "copia", 1000)

    assert (tmp_path / "copia" / "servidor.py").stat().st_mode & 0o200
