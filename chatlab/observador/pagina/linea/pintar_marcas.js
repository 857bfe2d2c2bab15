// Las marcas: envíos juntos, cortados y letras partidas; y lo demás que le pasa a un hilo.
import { acortar, aLaVista, bytesALaVista } from "../modelo/bytes.js";
import { otroLado, quienTiene } from "../modelo/conexiones.js";
import { ALTO_DE_BARRA } from "./filas.js";

const RADIO_DE_MARCA = 8;
const LETRAS_DE_UNA_NOTA = 18;
/** Más sucesos que estos a la vez se ven sin notas. */
const MAXIMO_CON_NOTAS = 300;

/** Pinta lo que distingue a cada recv, y las notas de lo que no viaja. */
export function pintarMarcas(vista) {
  const { mundo, nIzq, nDer } = vista;
  if (nDer - nIzq > MAXIMO_CON_NOTAS) return;
  for (let n = Math.max(0, nIzq); n <= nDer && n < mundo.sucesos.length; n++) {
    const suceso = mundo.sucesos[n];
    const marcar = NOTAS[suceso.que];
    if (marcar) marcar(vista, suceso);
  }
}

const ENCIMA = [[0, -18], [30, -18], [-30, -18], [0, 0], [0, 19]];
const EN_SU_FILA = [[0, 0], [34, 0], [-34, 0], [0, 19]];

function notaEn(vista, suceso, texto, como = {}) {
  const y = vista.filas.y(suceso.p, suceso.h ?? 1);
  if (y === undefined) return;
  const x = vista.eje.x(suceso.n);
  // Encima del primer hilo hay sitio; encima de los demás está la barra de otro.
  const esElPrimero = vista.filas.carril(suceso.p).filas[0].y === y;
  const sitios = esElPrimero ? ENCIMA : EN_SU_FILA;
  vista.rotulos.pedir(texto, x, y, { importa: 30, sitios, cuerpo: 11.5, ...como });
}

function medallon({ pincel, tinta }, x, y, texto, color) {
  pincel.beginPath();
  pincel.arc(x, y, RADIO_DE_MARCA, 0, Math.PI * 2);
  pincel.fillStyle = color;
  pincel.fill();
  pincel.strokeStyle = tinta.colores.papel;
  pincel.lineWidth = 2;
  pincel.stroke();
  pincel.fillStyle = tinta.colores.papel;
  pincel.font = tinta.tipo(11, "700");
  pincel.textAlign = "center";
  pincel.textBaseline = "middle";
  pincel.fillText(texto, x, y + 0.5);
}

function marcaFuerte(vista, suceso, texto, cuenta, color) {
  const y = vista.filas.y(suceso.p, suceso.h ?? 1);
  if (y === undefined) return;
  const x = vista.eje.x(suceso.n);
  medallon(vista, x, y, cuenta, color);
  const sitios = [[0, 20], [60, 0], [0, -20], [70, 18], [70, -18], [-70, 20]];
  const ahora = suceso.n <= vista.n;
  vista.rotulos.destacar(texto, x, y, color, { importa: 100, ahora, sitios, peso: "700" });
}

/** Una raya del suceso que llama al que acepta; o a la puerta, mientras no acepta nadie. */
function llamada(vista, suceso) {
  const { pincel, tinta, eje, filas, mundo, n } = vista;
  const conexion = mundo.conexiones[suceso.c];
  const aceptada = mundo.acceptDe(suceso.c);
  const quien = conexion ? quienTiene(conexion, otroLado(suceso.lado)) : null;
  const desde = filas.y(suceso.p, suceso.h ?? 1);
  if (quien === null || desde === undefined) return notaEn(vista, suceso, "connect");
  const yaEsta = aceptada !== undefined && aceptada.n <= n;
  const puerta = (filas.buzon(quien) ?? desde) - 8;
  const hasta = aceptada === undefined ? puerta : filas.y(aceptada.p, aceptada.h ?? 1);
  const sentido = Math.sign(hasta - desde) || 1;
  const [x1, y1] = [eje.x(empiezaA(mundo, suceso)), desde + (sentido * ALTO_DE_BARRA) / 2];
  const x2 = aceptada === undefined ? x1 + 26 : eje.x(aceptada.n);
  const y2 = aceptada === undefined ? puerta : hasta - (sentido * ALTO_DE_BARRA) / 2;
  pincel.strokeStyle = tinta.colores[yaEsta ? "suave" : "e-connect"];
  pincel.lineWidth = yaEsta ? 1.4 : 2;
  pincel.setLineDash([2, 4]);
  pincel.beginPath();
  pincel.moveTo(x1, y1);
  pincel.lineTo(x2, y2);
  pincel.stroke();
  pincel.setLineDash([]);
  if (!yaEsta && suceso.n <= n) rotularFila(vista, x1 + 26, puerta);
  else notaEn(vista, suceso, "connect", { importa: 12, color: tinta.colores.suave });
  return undefined;
}

/** Desde cuándo llama: connect puede volver después de que el otro lado ya haya aceptado. */
function empiezaA(mundo, { p, h, n }) {
  const tramo = mundo.tiraDe(p, h)?.tramos.find(({ hasta }) => hasta === n);
  return tramo?.estado === "connect" ? tramo.desde : n;
}

function rotularFila({ rotulos, tinta }, x, y) {
  const sitios = [[60, 0], [60, -18], [60, 18], [-60, 0]];
  const color = tinta.colores["e-connect"];
  rotulos.destacar("en la fila: sin accept", x, y, color, { importa: 95, sitios });
}

/** Del close o el shutdown de un lado al recv del otro que, por eso, da 0 bytes. */
function finDeRecv(vista, suceso) {
  const { pincel, tinta, eje, filas, mundo } = vista;
  notaEn(vista, suceso, 'recv: b""', { color: tinta.colores.suave });
  const fin = mundo.finDe(suceso.c, otroLado(suceso.lado), suceso.n);
  const [y1, y2] = [fin && filas.y(fin.p, fin.h), filas.y(suceso.p, suceso.h)];
  if (y1 === undefined || y2 === undefined) return;
  rayaSuave(pincel, tinta, [eje.x(fin.n), y1], [eje.x(suceso.n), y2 - Math.sign(y2 - y1) * 7]);
}

/** Lo que llega de alguien sin sonda: una flecha que viene de fuera. */
function deFuera(vista, suceso, lectura) {
  const { pincel, tinta, eje, filas } = vista;
  const y = filas.y(suceso.p, suceso.h);
  if (y === undefined) return;
  const x = eje.x(suceso.n);
  rayaSuave(pincel, tinta, [x - 20, y - 26], [x, y - 7]);
  const texto = acortar(bytesALaVista(lectura.datos.subarray(0, 64)), LETRAS_DE_UNA_NOTA);
  notaEn(vista, suceso, `de fuera: «${texto}»`, { importa: 20, color: tinta.colores.suave });
}

function rayaSuave(pincel, tinta, [x1, y1], [x2, y2]) {
  pincel.strokeStyle = tinta.colores.suave;
  pincel.lineWidth = 1.4;
  pincel.setLineDash([1, 4]);
  pincel.beginPath();
  pincel.moveTo(x1, y1);
  pincel.lineTo(x2, y2);
  pincel.stroke();
  pincel.setLineDash([]);
}

const SENALES_CON_NOMBRE = new Map([
  ["SIGSTOP", "❚❚ parado"],
  ["SIGCONT", "▶ sigue"],
  ["SIGINT", "Ctrl+C"],
]);

const NOTAS = {
  connect: llamada,

  recv(vista, suceso) {
    const lectura = vista.mundo.lecturaDe(suceso.n);
    const { colores } = vista.tinta;
    if (!suceso.cuantos) return finDeRecv(vista, suceso);
    if (!lectura.flechas.length) return deFuera(vista, suceso, lectura);
    if (lectura.letra_cortada)
      return marcaFuerte(vista, suceso, letraPartida(lectura), "½", colores.falla);
    if (lectura.pegados) {
      const cuantos = lectura.flechas.length;
      return marcaFuerte(vista, suceso, `${cuantos} envíos juntos`, cuantos, colores.aviso);
    }
    const [flecha] = lectura.flechas;
    if (lectura.flechas.length !== 1 || !flecha.cortado) return undefined;
    const cual = flecha.lecturas.indexOf(suceso.n) + 1;
    const texto = `trozo ${cual} de ${flecha.lecturas.length}`;
    return notaEn(vista, suceso, texto, { importa: 60, color: colores.aviso, peso: "600" });
  },

  tecla(vista, { p, n, texto }) {
    const carril = vista.filas.carril(p);
    const linea = vista.mundo.tecleadoEn(n);
    const dicho = texto === "\u0003" ? "Ctrl+C" : linea === undefined ? "" : tecleada(linea);
    if (!carril || !dicho) return;
    const y = carril.y + 12;
    vista.rotulos.pedir(dicho, vista.eje.x(n), y, { importa: 25, cuerpo: 11.5, sitios: [[0, 0]] });
  },

  senal(vista, suceso) {
    const { colores } = vista.tinta;
    const texto = SENALES_CON_NOMBRE.get(suceso.senal) ?? acortar(aLaVista(suceso.senal), 12);
    notaEn(vista, suceso, texto, { importa: 70, color: colores.texto, borde: colores.suave });
  },

  termina(vista, suceso) {
    const { codigo } = suceso;
    const texto = codigo < 0 ? `señal ${-codigo}` : codigo > 0 ? `código ${codigo}` : "termina";
    const color = codigo ? vista.tinta.colores.falla : vista.tinta.colores.suave;
    notaEn(vista, suceso, texto, { importa: 50, color });
  },

  fallo(vista, suceso) {
    const { falla } = vista.tinta.colores;
    const y = vista.filas.y(suceso.p, suceso.h ?? 1);
    if (y !== undefined) medallon(vista, vista.eje.x(suceso.n), y, "✕", falla);
    const texto = acortar(aLaVista(suceso.error ?? "fallo"), 26);
    notaEn(vista, suceso, texto, { importa: 80, color: falla, borde: falla });
  },

  close(vista, suceso) {
    notaEn(vista, suceso, "close", { importa: 15, color: vista.tinta.colores.suave });
  },

  shutdown(vista, suceso) {
    notaEn(vista, suceso, "shutdown", { importa: 18, color: vista.tinta.colores.suave });
  },

  listen(vista, suceso) {
    const puerto = String(suceso.direccion ?? "").split(":").pop();
    const texto = acortar(aLaVista(`escucha en ${puerto}`), 24);
    notaEn(vista, suceso, texto, { importa: 40, color: vista.tinta.colores.suave });
  },

  candado(vista, suceso) {
    const texto = `${suceso.que_hace === "suelta" ? "suelta" : "toma"} el candado`;
    notaEn(vista, suceso, texto, { importa: 45, color: vista.tinta.colores["e-candado"] });
  },
};

function letraPartida({ faltan }) {
  return `letra partida: ${faltan === 1 ? "falta 1 byte" : `faltan ${faltan} bytes`}`;
}

/** La línea que se ha tecleado: «⌨ hola ⏎». */
function tecleada(linea) {
  return `⌨ ${acortar(aLaVista(linea), LETRAS_DE_UNA_NOTA)} ⏎`;
}
