"""El banco de la película mide lo mismo con la sonda y sin ella."""

from __future__ import annotations

import pytest

from bench.escenarios import Escenario
from bench.pelicula import a_toda, en_clase
from bench.pelicula.__main__ import a_toda_como_fila, en_clase_como_tabla
from chatlab.sistema import nucleo

pytestmark = [
    pytest.mark.lento,
    pytest.mark.skipif(not nucleo.se_puede_mirar(), reason="mide con lo que dice Linux"),
]


def test_a_toda_velocidad_se_mide_por_turnos_y_se_graba() -> None:
    medidas = a_toda.medir(Escenario("2x1", "2 receptores, 1 emisor", 2), rondas=2)

    assert len(medidas.sin) == len(medidas.mirando) == 2
    for reparto, mirada in zip(medidas.mirando, medidas.grabado, strict=True):
        # De cada mensaje salen dos; al matar al servidor se pierde, como mucho, lo último.
        assert mirada.envios > reparto.mensajes
        assert 0 < mirada.lineas < mirada.envios
    assert "| 2 receptores, 1 emisor | " in a_toda_como_fila(medidas)


def test_a_ritmo_de_clase_se_ve_cada_mensaje_en_todas_las_pantallas() -> None:
    clase = en_clase.medir(4)

    assert len(clase.sin.latencias) == len(clase.mirando.latencias) == 4
    assert clase.sin.cpu > 0
    assert clase.mirando.cpu > 0
    assert "A ritmo de clase: 4 mensajes" in en_clase_como_tabla(clase)
