"""Encontrar los programas de una entrega, o decir con claridad qué falta."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chatlab.corrector.diagnostico.fuente import leer_fuentes
from chatlab.corrector.entrega import copia
from chatlab.corrector.entrega.buscar import Entrega, ErrorDeEntrega, nombre_si_esta


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


def test_lo_que_se_copia_de_una_entrega_es_lo_que_se_lee_de_ella(tmp_path: Path) -> None:
    ajenas = [".git", "__MACOSX", "node_modules", "site-packages", "entorno", "venv"]
    crear(tmp_path, *(f"{carpeta}/x.py" for carpeta in [*ajenas, "env"]), "servidor.py")
    crear(tmp_path, "entorno/pyvenv.cfg", "venv/pyvenv.cfg")
    for programa in tmp_path.rglob("*.py"):
        programa.write_text("x = 1\n", encoding="utf-8")

    leidos = [fuente.nombre for fuente in leer_fuentes(tmp_path)]

    # «env» es una carpeta cualquiera: no tiene un entorno dentro.
    assert leidos == ["env/x.py", "servidor.py"]
    assert [ruta.as_posix() for ruta in sorted(copia.archivos(tmp_path))] == leidos


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
    assert Entrega.buscar(tmp_path).cliente == Path("mi_cliente.py")


# --- Lo que falta, dicho ---


def test_la_carpeta_no_existe(tmp_path: Path) -> None:
    (tmp_path / "ejercicio").mkdir()

    mensaje = error_de(tmp_path / "ejercico")

    assert mensaje.startswith(f"No existe la carpeta «{tmp_path / 'ejercico'}».")
    assert f"¿Querías decir «{tmp_path / 'ejercicio'}»?" in mensaje


def test_la_carpeta_esta_vacia(tmp_path: Path) -> None:
    assert error_de(tmp_path) == (
        f"La carpeta «{tmp_path}» está vacía. Guarda en ella tus dos programas, servidor.py y "
        "cliente.py, o di en qué carpeta están."
    )


def test_de_la_carpeta_actual_se_dice_la_ruta_entera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert f"La carpeta «.» ({tmp_path.resolve()}) está vacía." in error_de(Path())


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
        "No hay ningún programa de Python; hay captura.png y memoria.pdf. "
        "¿Es esa tu carpeta? Si no, di en cuál están tus programas."
    )


def test_solo_hay_uno_de_los_dos(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py")

    assert error_de(tmp_path) == (
        f"En «{tmp_path}» no está el cliente (cliente.py o client.py). "
        "Guárdalo ahí con el nombre cliente.py."
    )


def test_si_hay_dos_parejas_se_piden_los_dos_de_la_misma_carpeta(tmp_path: Path) -> None:
    crear(tmp_path, "v1/servidor.py", "v1/cliente.py", "v2/servidor.py", "v2/cliente.py")

    assert error_de(tmp_path) == (
        "Hay 2 parejas de programas en v1 y v2. Di los dos, de la misma carpeta: "
        "--servidor v1/servidor.py --cliente v1/cliente.py. "
        "Si cada carpeta es de una persona, usa --clase."
    )
    entrega = Entrega.buscar(tmp_path, servidor="v2/servidor.py")
    assert entrega.cliente == Path("v2/cliente.py")


def test_si_hay_varios_posibles_los_nombra(tmp_path: Path) -> None:
    crear(tmp_path, "servidor.py", "cliente 1.py", "cliente 2.py")

    assert error_de(tmp_path) == (
        "Hay 2 programas que pueden ser el cliente: cliente 1.py y cliente 2.py. "
        'Di cuál con --cliente "cliente 1.py".'
    )


ESCUCHA = "import socket\ns = socket.socket()\ns.bind(('', 1))\ns.listen()\n"
LLAMA = "import socket\ns = socket.socket()\ns.connect(('localhost', 1))\n"


@pytest.mark.parametrize(
    ("servidor", "cliente"),
    [
        ("chat_server.py", "chat_client.py"),
        ("server/main.py", "client/main.py"),
        ("servidor (1).py", "cliente (1).py"),
        ("ServidorChat.py", "ClienteChat.py"),
        ("chat/mesa.py", "chat/silla.py"),
        ("a.py", "cliente.py"),
    ],
)
def test_vale_el_unico_que_lo_parece_por_su_nombre_o_por_lo_que_hace(
    tmp_path: Path, servidor: str, cliente: str
) -> None:
    crear(tmp_path, servidor, contenido=ESCUCHA)
    crear(tmp_path, cliente, contenido=LLAMA)
    crear(tmp_path, "utiles.py", "chat/test_chat.py", contenido="# s.listen() y s.connect(a)\n")

    entrega = Entrega.buscar(tmp_path)

    assert (entrega.servidor, entrega.cliente) == (Path(servidor), Path(cliente))
    assert f"Como servidor he usado {servidor}: es el único que lo parece." in entrega.avisos


def test_un_servidor_que_conecta_para_saber_su_direccion_sigue_siendo_el_servidor(
    tmp_path: Path,
) -> None:
    crear(tmp_path, "mi_server.py", contenido=ESCUCHA + "s.connect(('8.8.8.8', 80))\n")
    crear(tmp_path, "ana.py", contenido=LLAMA)

    entrega = Entrega.buscar(tmp_path)

    assert (entrega.servidor.name, entrega.cliente.name) == ("mi_server.py", "ana.py")


def test_una_base_de_datos_no_hace_de_cliente(tmp_path: Path) -> None:
    crear(tmp_path, "mesa.py", contenido=ESCUCHA + "base = sqlite3.connect('chat.db')\n")
    crear(tmp_path, "silla.py", contenido=LLAMA)

    assert Entrega.buscar(tmp_path).servidor == Path("mesa.py")


def test_los_dos_papeles_salen_de_la_misma_carpeta(tmp_path: Path) -> None:
    crear(tmp_path, "v1/cliente.py", "v2/servidor.py", "v2/cliente.py")

    entrega = Entrega.buscar(tmp_path)

    assert (entrega.servidor, entrega.cliente) == (Path("v2/servidor.py"), Path("v2/cliente.py"))


def test_de_un_solo_archivo_con_los_dos_papeles_se_pide_como_se_arranca(tmp_path: Path) -> None:
    crear(tmp_path, "chat.py", contenido=ESCUCHA + LLAMA)

    mensaje = error_de(tmp_path)

    assert "«chat.py» hace de servidor y de cliente" in mensaje
    assert "como_se_usa.toml" in mensaje


def test_un_solo_archivo_vale_por_dos_si_dice_como_se_arranca_cada_papel(tmp_path: Path) -> None:
    crear(tmp_path, "chat.py", contenido=ESCUCHA + LLAMA)
    uso = 'servidor = {argumentos = ["servidor"]}\ncliente = {argumentos = ["cliente"]}\n'
    crear(tmp_path, "como_se_usa.toml", contenido=uso)

    entrega = Entrega.buscar(tmp_path)

    assert entrega.servidor == entrega.cliente == Path("chat.py")
    assert "he usado chat.py, con los argumentos" in entrega.avisos[0]


@pytest.mark.parametrize(
    ("archivos", "frase"),
    [
        (("servidor.py.txt", "cliente.py"), "«servidor.py.txt» debe llamarse «servidor.py»"),
        (("servidor.txt", "cliente.txt"), "«servidor.txt» debe llamarse «servidor.py»"),
        (("chat.ipynb",), "«chat.ipynb» es un cuaderno de Jupyter"),
        (("entrega.zip",), "«entrega.zip» es un archivo comprimido: descomprímelo"),
        (("notas.txt",), "hay notas.txt. ¿Es esa tu carpeta?"),
    ],
)
def test_se_dice_que_es_lo_que_hay_y_que_hacer(
    tmp_path: Path, archivos: tuple[str, ...], frase: str
) -> None:
    crear(tmp_path, *archivos)

    assert frase in error_de(tmp_path)


def test_en_una_clase_un_nombre_vale_donde_lo_hay(tmp_path: Path) -> None:
    crear(tmp_path, "ana/chat_server.py", "carlos/servidor.py")

    assert nombre_si_esta(tmp_path / "ana", "chat_server.py") == "chat_server.py"
    assert nombre_si_esta(tmp_path / "carlos", "chat_server.py") is None


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
