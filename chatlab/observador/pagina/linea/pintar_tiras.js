// Las tiras de los hilos: en qué está cada uno, con su color, su rayado y su palabra.
import { primeroQue } from "../modelo/buscar.js";
import { estadoEnCorto } from "../modelo/frases_de_hilo.js";
import { ALTO_DE_BARRA } from "./filas.js";

const RADIO = 3;
/** Quien trabaja es una raya; quien espera, una barra: se mira dónde se está parado. */
const ALTO_DE_TRABAJO = 5;
const LETRA_DE_BARRA = 11.5;
/** Con menos puntos que estos, un tramo se pinta liso y sin bordes. */
const ANCHO_CON_BORDE = 4;
/** Lo que se lee en la espera que no acaba, y lo que se aparta del dibujo del candado. */
const LO_TIENE_EL = "un candado que ya tiene él mismo";
const TRAS_EL_CANDADO = 8;
/** Puntos: lo que mide menos no se ve. */
const LO_QUE_SE_DISTINGUE = 2;
const MAS_ALTO_DEL_BUZON = 16;

/** Pinta el fondo de los carriles, lo que tienen sin leer y las tiras de los hilos que se ven. */
export function pintarCarriles(vista) {
  const { filas, ventana } = vista;
  for (const carril of filas.carriles) {
    if (carril.y > ventana.y1 || carril.y + carril.alto < ventana.y0) continue;
    pintarFondo(vista, carril);
    pintarBuzon(vista, carril);
    for (const fila of carril.filas) for (const tira of fila.tiras) pintarTira(vista, fila, tira);
  }
}

function pintarFondo({ pincel, tinta, ventana }, carril) {
  pincel.fillStyle = tinta.colores.papel;
  pincel.fillRect(ventana.x0, carril.y, ventana.ancho, carril.alto);
  pincel.strokeStyle = tinta.colores.raya;
  pincel.lineWidth = 1;
  pincel.beginPath();
  for (const y of [carril.y, carril.y + carril.alto]) {
    pincel.moveTo(ventana.x0, y + 0.5);
    pincel.lineTo(ventana.x1, y + 0.5);
  }
  pincel.stroke();
}

function pintarTira(vista, fila, tira) {
  const { eje, ventana, nDer, nIzq } = vista;
  if (tira.desde > nDer || (tira.hasta !== null && tira.hasta < nIzq)) return;
  const { tramos } = tira;
  let pintadoHasta = -Infinity;
  const primero = primeroQue(tramos.length, (i) => (tramos[i].hasta ?? nIzq) >= nIzq);
  for (let i = primero; i < tramos.length; i++) {
    const tramo = tramos[i];
    if (tramo.desde > nDer) break;
    const x1 = Math.max(eje.x(tramo.desde), ventana.x0 - 20);
    const hasta = tramo.hasta === null ? eje.final : eje.x(tramo.hasta);
    const x2 = Math.min(hasta, ventana.x1 + 20);
    // De lo que no se distingue se pinta uno de cada pocos.
    if (x2 - pintadoHasta < LO_QUE_SE_DISTINGUE) continue;
    pintadoHasta = x2;
    pintarTramo(vista, fila.y, tramo, tira.h, x1, Math.max(x2, x1 + LO_QUE_SE_DISTINGUE));
  }
  if (tira.hasta !== null) pintarFin(vista, eje.x(tira.hasta), fila.y);
}

function pintarTramo(vista, y, tramo, h, x1, x2) {
  const { pincel, tinta } = vista;
  const ancho = x2 - x1;
  const alto = tramo.estado === "trabaja" ? ALTO_DE_TRABAJO : ALTO_DE_BARRA;
  const arriba = y - alto / 2;
  vista.pintados += 1;
  pincel.fillStyle = tinta.relleno(tramo.estado);
  if (ancho < ANCHO_CON_BORDE || tramo.estado === "trabaja") {
    pincel.fillStyle = tinta.deEstado(tramo.estado);
    pincel.fillRect(x1, arriba, ancho, alto);
    return;
  }
  pincel.beginPath();
  pincel.roundRect(x1 + 0.5, arriba, ancho - 1, alto, RADIO);
  pincel.fill();
  pincel.strokeStyle = tinta.deEstado(tramo.estado);
  pincel.lineWidth = esGrave(tramo) ? 1.8 : 1;
  pincel.stroke();
  escribirEstado(vista, y, { ...tramo, h }, x1, ancho);
}

function escribirEstado(vista, y, tramo, x1, ancho) {
  const { pincel, tinta, ventana } = vista;
  const deCandado = tramo.estado === "candado";
  const palabra = deCandado && tramo.dueno === tramo.h ? LO_TIENE_EL : estadoEnCorto(tramo);
  pincel.font = tinta.tipo(LETRA_DE_BARRA, "600");
  const suyo = pincel.measureText(palabra).width;
  const x = Math.max(x1 + (deCandado ? TRAS_EL_CANDADO : 0), ventana.x0) + 5;
  if (x + suyo + 8 > x1 + ancho) {
    if (!esGrave(tramo) || !estaAhora(tramo, vista.n)) return;
    const sitios = [[0, 18], [0, -18], [50, 18], [50, -18]];
    vista.rotulos.destacar(palabra, x1 + ancho / 2, y, tinta.deEstado(tramo.estado), { sitios });
    return;
  }
  pincel.fillStyle = tinta.colores.papel;
  pincel.beginPath();
  pincel.roundRect(x - 2, y - ALTO_DE_BARRA / 2 + 1, suyo + 6, ALTO_DE_BARRA - 2, 2);
  pincel.fill();
  pincel.fillStyle = tinta.colores.texto;
  pincel.textAlign = "left";
  pincel.textBaseline = "middle";
  pincel.fillText(palabra, x + 1, y + 0.5);
  if (tramo.desde <= vista.n) vista.dicho.push(palabra);
}

/** Las esperas que pueden no acabar: se dicen aunque no quepan. */
function esGrave({ estado }) {
  return estado === "candado" || estado === "send";
}

function estaAhora({ desde, hasta }, n) {
  return desde <= n && (hasta === null || n < hasta);
}

function pintarFin({ pincel, tinta }, x, y) {
  pincel.strokeStyle = tinta.colores.suave;
  pincel.lineWidth = 2;
  pincel.beginPath();
  pincel.moveTo(x, y - ALTO_DE_BARRA / 2 - 1);
  pincel.lineTo(x, y + ALTO_DE_BARRA / 2 + 1);
  pincel.stroke();
}

/** Los bytes sin leer de un programa, como una escalera en la cabecera de su carril. */
function pintarBuzon(vista, carril) {
  const { pincel, tinta, eje, mundo, filas, nIzq, nDer } = vista;
  const serie = mundo.pendientesDe(carril.p);
  const base = filas.buzon(carril.p);
  pincel.fillStyle = tinta.colores["e-send"];
  pincel.globalAlpha = 0.3;
  let pintadoHasta = -Infinity;
  const primero = Math.max(0, primeroQue(serie.length, (i) => serie[i].n >= nIzq) - 1);
  for (let i = primero; i < serie.length && serie[i].n <= nDer; i++) {
    const { n, bytes } = serie[i];
    const x = eje.x(n);
    const hasta = i + 1 < serie.length ? eje.x(serie[i + 1].n) : eje.final;
    if (hasta - pintadoHasta < LO_QUE_SE_DISTINGUE) continue;
    pintadoHasta = hasta;
    const alto = Math.min(MAS_ALTO_DEL_BUZON, bytes > 0 ? 2 + Math.log2(bytes) * 0.8 : 0);
    if (alto) pincel.fillRect(x, base - alto, hasta - x, alto);
  }
  pincel.globalAlpha = 1;
}
