"""Quien envía sin parar se nombra, y quien solo usa un formato largo, no."""

from __future__ import annotations

from chatlab.corrector.diagnostico.deducciones.inundacion import MUCHO, quien_inunda
from chatlab.sonda import Suceso

NOMBRES = {1: "servidor", 2: "Ana", 3: "Carlos"}


def paso(tipo: str, pid: int, cuantos: int) -> Suceso:
    return Suceso(tipo, pid, pid, 1, "x.py", instante=0.0, cuantos=cuantos)


def causa(*sucesos: Suceso, tecleado: dict[str, int] | None = None) -> str:
    hallazgo = quien_inunda(sucesos, NOMBRES, tecleado or {})
    return hallazgo.causa if hallazgo else ""


def test_un_cliente_que_envia_sin_fin_se_nombra_antes_que_el_servidor_que_lo_reparte() -> None:
    dicha = causa(
        paso("send", 1, 400 * MUCHO),
        paso("recv", 1, 2 * MUCHO),
        paso("send", 2, 2 * MUCHO),
        tecleado={"Ana": 40},
    )
    assert dicha.startswith("El programa de Ana no para de enviar: lleva 100000 bytes")


def test_un_servidor_que_repite_lo_que_recibio_se_nombra() -> None:
    dicha = causa(
        paso("send", 2, 40), paso("recv", 1, 40), paso("send", 1, MUCHO + 1), tecleado={"Ana": 40}
    )
    assert dicha.startswith("El servidor no para de enviar")


def test_quien_reparte_mucho_entre_muchos_no_inunda() -> None:
    escrito = 100_000
    assert not causa(
        paso("send", 2, 2 * escrito),  # en base64, y con cabecera
        paso("recv", 1, 2 * escrito),
        *[paso("send", 1, 2 * escrito) for _ in range(3)],
        tecleado={"Ana": escrito},
    )


def test_un_latido_no_es_una_inundacion() -> None:
    assert not causa(*[paso("send", 2, 5) for _ in range(1000)], tecleado={"Ana": 4})
