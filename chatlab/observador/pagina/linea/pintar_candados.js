// Los candados: quién espera, y una raya hasta quien lo tiene.
import { primeroQue } from "../modelo/buscar.js";
import { ALTO_DE_BARRA } from "./filas.js";

const TAMANO_DEL_CANDADO = 9;
/** Más esperas de candado que estas a la vez se ven sin su raya. */
const MAXIMO_CON_RAYA = 120;

/** Pinta, en cada espera de un candado que se ve, quién lo tiene. */
export function pintarCandados(vista) {
  const esperas = esperasQueSeVen(vista);
  if (esperas.length > MAXIMO_CON_RAYA) return;
  for (const espera of esperas) pintarEsperaDeCandado(vista, espera);
}

function esperasQueSeVen({ filas, ventana, nIzq, nDer }) {
  const esperas = [];
  for (const carril of filas.carriles) {
    if (carril.y > ventana.y1 || carril.y + carril.alto < ventana.y0) continue;
    for (const { tiras } of carril.filas)
      for (const { h, tramos } of tiras) {
        const primero = primeroQue(tramos.length, (i) => (tramos[i].hasta ?? nIzq) >= nIzq);
        for (let i = primero; i < tramos.length && tramos[i].desde <= nDer; i++)
          if (tramos[i].estado === "candado") esperas.push({ p: carril.p, h, ...tramos[i] });
      }
  }
  return esperas;
}

function pintarEsperaDeCandado(vista, { p, h, desde, dueno }) {
  const { pincel, tinta, eje, filas } = vista;
  const y = filas.y(p, h);
  const deQuien = dueno === null ? undefined : filas.y(p, dueno);
  if (deQuien === undefined) return;
  const x = eje.x(desde);
  pincel.strokeStyle = pincel.fillStyle = tinta.deEstado("candado");
  pincel.lineWidth = 2;
  pincel.beginPath();
  if (dueno === h) lazo(vista, x, y);
  else raya(pincel, x, y, deQuien);
  pincel.stroke();
  dibujarCandado(vista, x, dueno === h ? y : deQuien);
}

/** De un hilo a sí mismo: sale de la barra y vuelve a ella. */
function lazo({ pincel, rotulos }, x, y) {
  const arriba = y - ALTO_DE_BARRA / 2;
  rotulos.reservar(x - 4, arriba - 22, 52, 22);
  pincel.moveTo(x + 44, arriba);
  pincel.bezierCurveTo(x + 40, arriba - 26, x + 4, arriba - 26, x, arriba - 4);
}

function raya(pincel, x, y, deQuien) {
  const sentido = Math.sign(deQuien - y);
  pincel.moveTo(x, y + (sentido * ALTO_DE_BARRA) / 2);
  pincel.lineTo(x, deQuien - sentido * TAMANO_DEL_CANDADO);
}

function dibujarCandado({ pincel, tinta }, x, y) {
  const lado = TAMANO_DEL_CANDADO;
  const color = tinta.deEstado("candado");
  pincel.beginPath();
  pincel.arc(x, y, lado, 0, Math.PI * 2);
  pincel.fillStyle = tinta.colores.papel;
  pincel.fill();
  pincel.strokeStyle = color;
  pincel.lineWidth = 1.6;
  pincel.stroke();
  pincel.beginPath();
  pincel.arc(x, y - 1, 2.6, Math.PI, 0);
  pincel.stroke();
  pincel.fillStyle = color;
  pincel.fillRect(x - 4, y - 1, 8, 5.5);
}
