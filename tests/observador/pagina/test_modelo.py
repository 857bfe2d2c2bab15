"""El modelo de la página: a cualquier momento se llega igual, y las flechas son las que hay."""

from __future__ import annotations

import base64
import json
import random
from typing import Any

import pytest

from tests.observador.pagina.nodo import calcular, mundo
from tests.observador.pagina.peliculas import (
    ACEPTA,
    LAS_CINCO,
    LLAMA,
    Pelicula,
    al_azar,
    cliente_que_no_lee,
    letra_partida,
    mensajes_pegados,
)

#: Sucesos que hace falta aplicar para ir a cualquier momento, como mucho: los que hay entre copias.
MAX_APLICADOS = 160
FLECHAS = mundo("(mundo) => mundo.flechas.map(({ datos, ...una }) => una)")


def con(pelicula: Any, mas: Any = None) -> list[Any]:
    return [pelicula.texto(), mas]


def sucesos(pelicula: Any) -> list[dict[str, Any]]:
    lineas = [json.loads(linea) for linea in pelicula.texto().splitlines()[1:]]
    return [linea for linea in lineas if linea["que"] not in ("archivo", "fin")]


# --- La grabación ------------------------------------------------------------------------------


def test_se_lee_igual_entera_que_linea_a_linea() -> None:
    texto = mensajes_pegados().texto()

    entera, a_trozos = calcular(
        """({ Grabacion }, texto) => {
            const una = new Grabacion();
            for (const linea of texto.split("\\n")) una.anadir(linea);
            return [new Grabacion(texto).sucesos, una.sucesos];
        }""",
        texto,
    )

    assert entera == a_trozos
    assert [uno["n"] for uno in entera] == list(range(len(sucesos(mensajes_pegados()))))


def test_lo_que_no_se_entiende_se_deja_y_la_linea_cortada_tambien() -> None:
    lineas = [
        '{"chatlab":"grabacion","version":1}',
        '{"que":"programa","t":0.1,"p":1,"nombre":"servidor"}',
        '{"que":"lo de mañana","t":0.2,"p":1}',
        '{"que":"pantalla","t":"ayer","p":1,"texto":"x"}',
        '{"que":"pantalla","t":0.3,"p":{"a":1},"texto":"x"}',
        "esto no es JSON",
        "[]",
        '{"que":"send","t":0.35,"p":1,"h":1,"c":1,"lado":"llama","cuantos":-4}',
        '{"que":"pantalla","t":0.4,"p":1,"texto":"hola","lo_de_manana":[1]}',
        '{"que":"archivo","t":0.5,"ruta":"__proto__","texto":"print()"}',
        '{"que":"pantalla","t":0.6,"p":1,"tex',
    ]

    leida = calcular(
        "({ Grabacion }, texto) => { const una = new Grabacion(texto);"
        " return [una.sucesos.map(({ que, n }) => [que, n]), una.ilegibles,"
        " Object.entries(una.archivos), una.completa]; }",
        "\n".join(lineas),
    )

    assert leida == [[["programa", 0], ["pantalla", 1]], 5, [["__proto__", "print()"]], False]


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("hola\n", "no es una grabación"),
        ('{"chatlab":"grabacion","version":2}\n', "un chatlab más nuevo"),
    ],
)
def test_lo_que_no_es_una_grabacion_se_dice(texto: str, dice: str) -> None:
    mensaje = calcular(
        "({ Grabacion, GrabacionIlegible }, texto) => { try { new Grabacion(texto); }"
        " catch (error) { return error instanceof GrabacionIlegible ? error.message : ''; } }",
        texto,
    )

    assert dice in mensaje


def test_cada_momento_escrito_con_seis_decimales_es_su_suceso() -> None:
    momentos = [uno["t"] for uno in sucesos(al_azar(500))]

    encontrados = calcular(
        mundo("({ grabacion }, _, momentos) => momentos.map((t) => grabacion.sucesoEn(t))"),
        con(al_azar(500), momentos),
    )

    assert encontrados == list(range(len(momentos)))


# --- El mundo ----------------------------------------------------------------------------------


def test_a_un_momento_se_llega_igual_hacia_delante_hacia_atras_y_de_un_salto() -> None:
    pelicula = al_azar(3000)
    azar = random.Random(7)
    momentos = [azar.randrange(-1, 3000) for _ in range(200)]

    distintos = calcular(
        mundo("""(mundo, { Mundo }, momentos) => {
            const seguidos = new Mundo(mundo.grabacion);
            const atras = new Mundo(mundo.grabacion);
            const esperado = new Map();
            const ultimo = mundo.sucesos.length - 1;
            for (let n = -1; n <= ultimo; n++)
                esperado.set(n, JSON.stringify(seguidos.estadoEn(n)));
            const distintos = momentos.filter(
                (n) => JSON.stringify(mundo.estadoEn(n)) !== esperado.get(n),
            );
            for (let n = ultimo; n >= -1; n--)
                if (JSON.stringify(atras.estadoEn(n)) !== esperado.get(n)) distintos.push(n);
            return [distintos, new Set(esperado.values()).size];
        }"""),
        con(pelicula, momentos),
    )

    assert distintos[0] == []
    assert distintos[1] > 2000, "casi todos los momentos son distintos entre sí"


def test_ir_a_un_momento_de_20_000_cuesta_pocos_sucesos() -> None:
    azar = random.Random(5)
    momentos = [azar.randrange(20_000) for _ in range(300)]

    gastos = calcular(
        mundo("""(mundo, _, momentos) => momentos.map((n) => {
            const antes = mundo.aplicados;
            mundo.estadoEn(n);
            return mundo.aplicados - antes;
        })"""),
        con(al_azar(20_000), momentos),
    )

    assert max(gastos) <= MAX_APLICADOS


def test_lo_que_llega_despues_da_lo_mismo_que_si_hubiera_estado() -> None:
    texto = al_azar(1500).texto()

    igual = calcular(
        """({ Grabacion, Mundo }, texto) => {
            const creciendo = new Grabacion();
            const mundo = new Mundo(creciendo);
            const miradas = [];
            for (const linea of texto.split("\\n")) {
                creciendo.anadir(linea);
                miradas.push(mundo.flechas.length, mundo.estadoEn(creciendo.sucesos.length - 1).n);
            }
            const entero = new Mundo(new Grabacion(texto));
            return (
                JSON.stringify(entero.flechas) === JSON.stringify(mundo.flechas) &&
                JSON.stringify(entero.estadoEn(1400)) === JSON.stringify(mundo.estadoEn(1400)) &&
                JSON.stringify([...entero.tiras]) === JSON.stringify([...mundo.tiras])
            );
        }""",
        texto,
    )

    assert igual is True


def test_quien_guarda_un_estado_no_lo_ve_cambiar() -> None:
    igual = calcular(
        mundo("""(mundo) => {
            const guardado = mundo.estadoEn(30);
            const antes = JSON.stringify(guardado);
            for (let n = 31; n < mundo.sucesos.length; n++) mundo.estadoEn(n);
            const igual = JSON.stringify(guardado) === antes;
            guardado.programas[1].hilos[1].estado = "roto";
            guardado.conexiones[1].sentidos.llama.enviados = -1;
            return igual && JSON.stringify(mundo.estadoEn(30)) === antes;
        }"""),
        con(mensajes_pegados()),
    )

    assert igual is True


def test_cada_hilo_esta_en_un_solo_tramo_y_es_el_de_su_estado() -> None:
    faltas = calcular(
        mundo("""(mundo, { estadoVisible }) => {
            const faltas = [];
            for (let n = 0; n < mundo.sucesos.length; n++) {
                const { programas } = mundo.estadoEn(n);
                for (const [p, programa] of Object.entries(programas))
                    for (const hilo of Object.values(programa.hilos)) {
                        const tira = mundo.tiraDe(p, hilo.h);
                        const suyos = tira.tramos.filter(
                            (uno) => uno.desde <= n && (uno.hasta === null || n < uno.hasta),
                        );
                        if (hilo.vencido) continue; // quizá vuelva a esperar lo mismo
                        const estado = estadoVisible(hilo, programa);
                        const dichos = suyos.map((uno) => uno.estado).join();
                        if (dichos !== (estado === "terminado" ? "" : estado)) faltas.push([n, p]);
                    }
            }
            return faltas;
        }"""),
        con(mensajes_pegados()),
    )

    assert faltas == []


def test_lo_que_el_sistema_cierra_al_final_no_lo_hace_quien_ha_terminado() -> None:
    una = Pelicula("").programa(1, "servidor", "servidor").programa(2, "Ana")
    una.conecta(2, 1).acepta(1, 1).pon("termina", p=2, codigo=0)
    una.pon("close", p=2, h=1, c=1, lado=LLAMA, por="fin")

    ana, tira = calcular(
        mundo("""(mundo) => {
            const { hilos } = mundo.estadoEn(mundo.sucesos.length - 1).programas[2];
            return [hilos[1], mundo.tiraDe(2, 1)];
        }"""),
        con(una),
    )

    assert (ana["vivo"], ana["estado"]) == (False, "terminado")
    assert tira["tramos"][-1]["hasta"] is not None
    assert tira["hasta"] == tira["tramos"][-1]["hasta"]


def test_quien_vuelve_a_esperar_lo_mismo_al_vencer_su_plazo_no_ha_dejado_de_esperar() -> None:
    una = Pelicula("").programa(1, "servidor", "servidor").espera(1, "accept", plazo=0.2)
    for _ in range(50):
        una.pasan(0.2).pon("sigue", p=1, h=1, vencido=True).espera(1, "accept", plazo=0.2)
    una.pon("sigue", p=1, h=1, vencido=True)
    una.pon("bind", p=1, h=1, direccion="127.0.0.1:8000").espera(1, "recv", c=1)

    tramos, rutinas, total = calcular(
        mundo("""(mundo) => [
            mundo.tiraDe(1, 1).tramos.map(({ estado }) => estado),
            mundo.sucesos.filter(({ n }) => mundo.esRutina(n)).length,
            mundo.sucesos.length,
        ]"""),
        con(una),
    )

    assert tramos == ["trabaja", "accept", "trabaja", "recv"]
    assert (rutinas, total) == (101, 106)


# --- Las flechas -------------------------------------------------------------------------------


def a_lo_bruto(todos: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cada envío con todas las lecturas que comparten algún byte con él, mirándolas una a una."""
    con_numero = list(enumerate(todos))
    envios = [(n, uno) for n, uno in con_numero if uno["que"] == "send"]
    lecturas = [(n, uno) for n, uno in con_numero if uno["que"] == "recv"]

    def comparten(envio: dict[str, Any], lectura: dict[str, Any]) -> int:
        if envio["c"] != lectura["c"] or envio["lado"] == lectura["lado"]:
            return 0
        hasta: int = min(envio["desde"] + envio["cuantos"], lectura["desde"] + lectura["cuantos"])
        desde: int = max(envio["desde"], lectura["desde"])
        return max(0, hasta - desde)

    flechas = []
    for n, envio in envios:
        suyas = [(m, comparten(envio, lectura)) for m, lectura in lecturas]
        suyas = [(m, bytes_) for m, bytes_ in suyas if bytes_]
        pegados = any(
            sum(comparten(otro, dict(con_numero)[m]) > 0 for _, otro in envios) > 1
            for m, _ in suyas
        )
        flechas.append(
            {
                "envio": n,
                "lecturas": [m for m, _ in suyas],
                "leidos": sum(bytes_ for _, bytes_ in suyas),
                "pegados": pegados,
                "cortado": len(suyas) > 1,
            }
        )
    return flechas


def test_las_flechas_son_las_que_salen_mirando_todas_las_parejas() -> None:
    pelicula = al_azar(900, semilla=3, clientes=3)

    flechas = calcular(FLECHAS, con(pelicula))

    esperadas = a_lo_bruto(sucesos(pelicula))
    campos = esperadas[0].keys()
    assert [{campo: una[campo] for campo in campos} for una in flechas] == esperadas
    assert any(una["pegados"] for una in esperadas)
    assert any(una["cortado"] for una in esperadas)


def test_una_letra_esta_partida_si_entre_dos_lecturas_se_parten_sus_bytes() -> None:
    pelicula = al_azar(900, semilla=3, clientes=3)
    todos = sucesos(pelicula)
    flujos: dict[tuple[int, str], bytes] = {}
    for uno in todos:
        if uno["que"] == "send":
            datos = uno["texto"].encode() if "texto" in uno else base64.b64decode(uno["b64"])
            clave = (uno["c"], uno["lado"])
            flujos[clave] = flujos.get(clave, b"") + datos

    partidas = calcular(
        mundo("""(mundo) => mundo.sucesos
            .filter(({ que }) => que === "recv")
            .map(({ n }) => [n, mundo.lecturaDe(n).letra_cortada])"""),
        con(pelicula),
    )

    esperadas = []
    for n, uno in enumerate(todos):
        if uno["que"] == "recv":
            flujo = flujos[uno["c"], "acepta" if uno["lado"] == LLAMA else "llama"]
            hasta = uno["desde"] + uno["cuantos"]
            esperadas.append([n, hasta < len(flujo) and 0x80 <= flujo[hasta] < 0xC0])
    assert partidas == esperadas
    assert any(partida for _, partida in esperadas)


def test_los_bytes_en_camino_son_los_enviados_menos_los_leidos() -> None:
    pelicula = cliente_que_no_lee()

    en_camino = calcular(
        mundo("""(mundo, { enCamino }) => {
            const { conexiones } = mundo.estadoEn(mundo.sucesos.length - 1);
            return Object.values(conexiones).map((una) => [
                enCamino(una, "llama"), enCamino(una, "acepta"),
            ]);
        }"""),
        con(pelicula),
    )

    assert en_camino == [
        [pelicula.sin_leer(c, lado) for lado in ("llama", "acepta")] for c in (1, 2)
    ]
    assert en_camino[1][1] == 4 * 65_535


def test_de_quien_no_lleva_la_sonda_no_se_inventa_ningun_envio() -> None:
    texto = "\n".join(
        [
            '{"chatlab":"grabacion","version":1}',
            '{"que":"programa","t":0.1,"p":1,"nombre":"servidor"}',
            '{"que":"accept","t":0.2,"p":1,"h":1,"c":1,"lado":"acepta"}',
            '{"que":"recv","t":0.3,"p":1,"h":1,"c":1,"lado":"acepta","desde":0,"cuantos":4,'
            '"texto":"hola"}',
            '{"que":"send","t":0.4,"p":1,"h":1,"c":1,"lado":"acepta","desde":0,"cuantos":2,'
            '"texto":"ok"}',
            "",
        ]
    )

    dicho = calcular(
        mundo("""(mundo, { frase }) => [
            mundo.lecturaDe(2).sin_origen, mundo.flechas.length, frase(mundo, 2), frase(mundo, 3),
        ]"""),
        [texto, None],
    )

    assert dicho == [
        4,
        1,
        "recv da al servidor 4 bytes de alguien sin sonda: «hola».",
        "El servidor envía 2 bytes a alguien sin sonda: «ok». "
        "Quien los recibe no lleva la sonda: no se sabe si los lee.",
    ]


def test_de_cada_final_se_sabe_por_que_ha_sido() -> None:
    una = Pelicula("").programa(1, "servidor", "servidor").programa(2, "Ana")
    una.conecta(2, 1).acepta(1, 1)
    una.pon("shutdown", p=2, h=1, c=1, lado=LLAMA, sentido="leer")
    una.pon("shutdown", p=2, h=1, c=1, lado=LLAMA, sentido="escribir")
    una.recibe_el_fin(1, 1, ACEPTA).pon("close", p=2, h=1, c=1, lado=LLAMA)

    finales = calcular(
        mundo("""(mundo) => [6, 7, 8, 9, 10].map((n) => mundo.finDe(1, "llama", n)?.n ?? null)"""),
        con(una),
    )

    assert finales == [None, None, 7, 7, 9]


def test_lo_que_alguien_tiene_sin_leer_cambia_con_cada_envio_y_cada_lectura() -> None:
    pelicula = cliente_que_no_lee()

    series = calcular(
        mundo("""(mundo, { enCamino, quienTiene }) => {
            const faltas = [];
            for (const { n } of mundo.sucesos) {
                const { conexiones, programas } = mundo.estadoEn(n);
                const suma = Object.fromEntries(Object.keys(programas).map((p) => [p, 0]));
                for (const una of Object.values(conexiones))
                    for (const [lado, otro] of [["llama", "acepta"], ["acepta", "llama"]])
                        if (quienTiene(una, otro) !== null)
                            suma[quienTiene(una, otro)] += enCamino(una, lado);
                for (const [p, bytes] of Object.entries(suma)) {
                    const suyos = mundo.pendientesDe(Number(p)).filter((uno) => uno.n <= n);
                    if ((suyos.at(-1)?.bytes ?? 0) !== bytes) faltas.push([n, p]);
                }
            }
            return faltas;
        }"""),
        con(pelicula),
    )

    assert series == []


def test_de_lo_que_se_resume_no_se_dice_que_se_juntara_ni_se_cortara() -> None:
    lineas = mensajes_pegados().texto().splitlines()
    resumidas = [
        linea[:-1] + ', "veces": 7}' if '"que": "recv"' in linea else linea for linea in lineas
    ]

    flechas = calcular(FLECHAS, ["\n".join([*resumidas, ""]), None])

    assert not any(una["pegados"] or una["letra_cortada"] for una in flechas)


@pytest.mark.parametrize("cual", LAS_CINCO)
def test_ningun_suceso_de_las_cinco_se_queda_sin_frase(cual: str) -> None:
    frases = calcular(
        mundo("(mundo, { frase }) => mundo.sucesos.map(({ n }) => frase(mundo, n))"),
        con(LAS_CINCO[cual]()),
    )

    assert all(frases)
    assert not [una for una in frases if "undefined" in una or "null" in una or "NaN" in una]


def test_la_letra_partida_se_marca_en_su_flecha() -> None:
    (flecha,) = calcular(FLECHAS, con(letra_partida()))

    assert (flecha["cortado"], flecha["letra_cortada"], len(flecha["lecturas"])) == (True, True, 3)
    assert [trozo["parte_letra"] for trozo in flecha["trozos"]] == [True, False, False]


def test_con_miles_de_conexiones_no_se_cuentan_todas_con_cada_suceso() -> None:
    """Una película que llenaba su sitio con clientes que vuelven a llamar tardaba medio minuto."""
    calculo = """(modelo, cuantas) => {
        const puntos = new modelo.Puntos([]);
        let veces = 0;
        const ownKeys = (todas) => { veces += 1; return Reflect.ownKeys(todas); };
        puntos.ultimo.conexiones = new Proxy({}, { ownKeys });
        for (let n = 0; n < cuantas; n += 1) {
            puntos.anadir({ n, t: n, que: "connect", p: 1, h: 1, c: n, lado: "llama" });
        }
        return veces;
    }"""

    assert calcular(calculo, 5000) < 200
