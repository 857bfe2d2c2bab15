"""Una ronda: entrar, esperar a la calma, medir y comprobar que las cuentas cuadran."""

from __future__ import annotations

import secrets
import time
from typing import Protocol

from chatlab.chat.protocolo import mensaje
from chatlab.errores import ErrorDeRed
from chatlab.medidor.carrera import Carrera
from chatlab.medidor.contador import Contador
from chatlab.medidor.descriptores import hacer_sitio
from chatlab.medidor.emisor import Emisor
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.grupo import Conexion, Grupo
from chatlab.medidor.objetivos import ModoPropio, ServidorAjeno, ServidorMedido
from chatlab.medidor.receptor import Receptor
from chatlab.medidor.resultado import Medida, resumir_latencias
from chatlab.sistema.consumo import consumo, quien_escucha
from chatlab.textos import contar

#: Mensajes de los que se mira cuánto tardan, más o menos, en una ronda.
MUESTRAS = 20_000


class CuentasMalHechas(ErrorDeRed):
    """A algún receptor le han llegado más mensajes de los que se enviaron."""


class QuienCuenta(Protocol):
    """A quién se le cuenta cómo va la ronda."""

    def entran(self, cuantos: int) -> None:
        """Ya han entrado en la sala tantos clientes."""

    def llegan(self, mensajes: int) -> None:
        """Ya han llegado a todos tantos mensajes."""


def medir(objetivo: ServidorAjeno | ModoPropio, encargo: Encargo, avance: QuienCuenta) -> Medida:
    """Mide una vez ese servidor. Lanza un `ErrorParaPersonas` si no se puede."""
    conexiones = encargo.clientes + encargo.emisores
    hacer_sitio(conexiones)
    with (
        objetivo.en_marcha(conexiones) as servidor,
        Grupo(servidor.host, servidor.puerto) as grupo,
    ):
        return _medir_servidor(servidor, grupo, encargo, avance)


def _medir_servidor(
    servidor: ServidorMedido, grupo: Grupo, encargo: Encargo, avance: QuienCuenta
) -> Medida:
    # Con algo al azar: quizá en la sala quede alguien de otra medición, o haya personas.
    azar = secrets.token_hex(3)
    cifras = len(str(encargo.emisores - 1))
    nombres_de_emisores = [f"e{azar}.{n:0{cifras}}" for n in range(encargo.emisores)]
    nombres_de_receptores = [f"r{azar}.{n}" for n in range(encargo.clientes)]
    dentro = grupo.entrar([*nombres_de_emisores, *nombres_de_receptores], avance.entran)
    grupo.esperar_calma(dentro[0], dentro[1:], lambda _linea: None)

    emisores = [Emisor(conexion, encargo.tamano) for conexion in dentro[: encargo.emisores]]
    receptores = _receptores(dentro[encargo.emisores :], nombres_de_emisores[0], encargo)
    carrera = Carrera(encargo, emisores, receptores, avance.llegan)
    pid = servidor.pid
    if pid is None and grupo.es_de_esta_maquina:
        pid = quien_escucha(servidor.puerto)

    cpu_del_servidor, mia = consumo(pid).cpu, time.process_time()
    carrera.correr()
    mia = time.process_time() - mia
    despues = consumo(pid)
    comprobar_cuentas(grupo, dentro[0], receptores, encargo)

    gastada = None
    if cpu_del_servidor is not None and despues.cpu is not None:
        gastada = despues.cpu - cpu_del_servidor
    sueltas = tuple(muestra for receptor in receptores for muestra in receptor.contador.muestras)
    entregas = sum(receptor.contador.contados for receptor in receptores)
    return Medida(
        segundos=carrera.segundos,
        entregas=entregas,
        entregas_por_segundo=entregas / carrera.segundos,
        latencias=resumir_latencias(sueltas),
        muestras=len(sueltas),
        atraso_maximo=carrera.atraso_maximo,
        servidor_cpu=gastada,
        servidor_memoria=despues.memoria,
        medidor_cpu=mia,
        medidor_de_un_nucleo=mia / carrera.segundos,
        sueltas=sueltas,
    )


def _receptores(conexiones: list[Conexion], un_emisor: str, encargo: Encargo) -> list[Receptor]:
    """Cada uno toma muestras de mensajes distintos, para que sean de toda la medición."""
    delante = len(mensaje(un_emisor, ""))
    largo = delante + encargo.tamano + len(b"\n")
    principio = _comienzo(un_emisor)
    paso = max(1, encargo.entregas // MUESTRAS)
    receptores = []
    for numero, conexion in enumerate(conexiones):
        primera = numero % min(paso, encargo.mensajes)
        contador = Contador(principio, delante, largo, paso=paso, primera=primera)
        contador.cola = conexion.pendiente
        receptores.append(Receptor(conexion, contador))
    return receptores


def _comienzo(un_emisor: str) -> bytes:
    """Lo que tienen en común los nombres de los emisores, y ningún otro."""
    return un_emisor.partition(".")[0].encode() + b"."


def comprobar_cuentas(
    grupo: Grupo, emisor: Conexion, receptores: list[Receptor], encargo: Encargo
) -> None:
    """Espera otra vez a la calma, y lanza `NoCuadra` si a alguien le ha llegado algo de más."""
    de_mas = sum(receptor.contador.contados - encargo.mensajes for receptor in receptores)
    for receptor in receptores:
        receptor.conexion.pendiente = receptor.contador.cola
    otras: list[bytes] = []
    grupo.esperar_calma(emisor, [receptor.conexion for receptor in receptores], otras.append)
    principio = _comienzo(emisor.nombre)
    de_mas += sum(linea.startswith(principio) for linea in otras)
    if de_mas:
        raise CuentasMalHechas(
            f"Las cuentas no cuadran: han llegado {contar(de_mas, 'mensaje')} de más. "
            "¿Envía el servidor alguno dos veces?"
        )
