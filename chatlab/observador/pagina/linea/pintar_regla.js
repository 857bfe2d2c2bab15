// La regla: los segundos, los ratos en que no pasa nada, las marcas y el momento en que se está.
import { duracionEnPalabras } from "../modelo/actores.js";
import { acortar, aLaVista } from "../modelo/bytes.js";
import { POR_TIEMPO } from "./eje.js";
import { ALTO_DE_REGLA } from "./filas.js";

const ENTRE_HORAS = 92;
const ESPERA_QUE_SE_DICE = 0.95;
const MAXIMO_DE_ESPERAS = 200;
const ALTO_DE_HORAS = 22;

/** Rayas de arriba abajo por los ratos en que no pasa nada, que el eje encoge. */
export function pintarEsperas(vista) {
  const { pincel, tinta, ventana } = vista;
  pincel.fillStyle = tinta.colores.raya;
  pincel.globalAlpha = 0.35;
  for (const { x1, x2 } of ratosLargos(vista)) {
    const ancho = Math.min(3, (x2 - x1) / 3);
    const centro = (x1 + x2) / 2;
    for (let y = ventana.y0 - (ventana.y0 % 10); y < ventana.y1; y += 10)
      pincel.fillRect(centro - ancho / 2, y, ancho, 5);
  }
  pincel.globalAlpha = 1;
}

/** Los ratos que el eje encoge: en tiempo real, ninguno. */
function ratosLargos({ mundo, eje, nIzq, nDer }) {
  if (eje.modo === POR_TIEMPO) return [];
  const { sucesos } = mundo;
  const ratos = [];
  for (let n = Math.max(1, nIzq); n <= Math.min(nDer + 1, sucesos.length - 1); n++) {
    const rato = sucesos[n].t - sucesos[n - 1].t;
    if (rato < ESPERA_QUE_SE_DICE) continue;
    ratos.push({ rato, x1: eje.x(n - 1), x2: eje.x(n) });
    if (ratos.length >= MAXIMO_DE_ESPERAS) break;
  }
  return ratos;
}

/** La regla, encima de todo, que no se va al bajar. */
export function pintarRegla(vista) {
  const { pincel, tinta, ventana } = vista;
  const arriba = ventana.y0;
  pincel.fillStyle = tinta.colores.fondo;
  pincel.fillRect(ventana.x0, arriba, ventana.ancho, ALTO_DE_REGLA);
  pincel.fillStyle = tinta.colores.raya;
  pincel.fillRect(ventana.x0, arriba + ALTO_DE_REGLA - 1, ventana.ancho, 1);
  pintarHoras(vista, arriba);
  pintarBanderas(vista, arriba);
}

function pintarHoras(vista, arriba) {
  const { rotulos, eje, mundo, tinta, nIzq, nDer } = vista;
  const como = { cuerpo: 11.5, color: tinta.colores.suave, fondo: tinta.colores.fondo };
  // La cabeza del momento se ve siempre.
  rotulos.reservar(eje.x(vista.n) - 8, arriba + 28, 16, 16);
  for (const { rato, x1, x2 } of ratosLargos(vista)) {
    const texto = `⋯ ${duracionEnPalabras(rato)} ⋯`;
    rotulos.pedir(texto, (x1 + x2) / 2, arriba + 11, { ...como, importa: 35, peso: "600" });
  }
  let ultima = -Infinity;
  for (let n = Math.max(0, nIzq); n <= nDer && n < mundo.sucesos.length; ) {
    const x = eje.x(n);
    if (x - ultima >= ENTRE_HORAS && x >= vista.ventana.x0) {
      const texto = enLaRegla(mundo.sucesos[n].t);
      rotulos.pedir(texto, x, arriba + 11, { ...como, importa: 10 });
      ultima = x;
    }
    n = Math.max(n + 1, eje.enX(ultima + ENTRE_HORAS));
  }
}

/** Con un decimal, para que dos horas seguidas se distingan: «16,9 s», «1:05,3». */
function enLaRegla(t) {
  const segundos = (t % 60).toFixed(1).replace(".", ",");
  return t < 60 ? `${segundos} s` : `${Math.floor(t / 60)}:${segundos.padStart(4, "0")}`;
}

function pintarBanderas(vista, arriba) {
  const { pincel, tinta, eje, rotulos, ventana } = vista;
  const { aviso } = tinta.colores;
  const { papel: fondo } = tinta.colores;
  for (const { n, texto } of vista.mundo.marcas) {
    const x = eje.x(n);
    if (x < ventana.x0 - 300 || x > ventana.x1 + 300) continue;
    pincel.strokeStyle = aviso;
    pincel.lineWidth = 1.5;
    pincel.setLineDash([3, 3]);
    pincel.beginPath();
    pincel.moveTo(x, arriba + ALTO_DE_HORAS);
    pincel.lineTo(x, ventana.y1);
    pincel.stroke();
    pincel.setLineDash([]);
    rotulos.pedir(`⚑ ${acortar(aLaVista(texto ?? ""), 60)}`, x, arriba + 33, {
      // Si no caben todas, la última que ha pasado.
      importa: 110 + (n <= vista.n ? n / vista.total : -1),
      color: aviso,
      borde: aviso,
      fondo,
      sitios: [[0, 0], [130, 0], [-130, 0], [190, 0], [-190, 0], [250, 0], [-250, 0]],
    });
  }
}

/** Lo que aún no ha pasado, más apagado. */
export function pintarFuturo({ pincel, tinta, eje, ventana, n, total }) {
  if (n >= total - 1) return;
  const x = Math.max(eje.x(n), ventana.x0);
  pincel.fillStyle = tinta.colores.fondo;
  pincel.globalAlpha = 0.55;
  pincel.fillRect(x, ventana.y0, ventana.ancho, ventana.alto);
  pincel.globalAlpha = 1;
}

/** La raya del momento en que se está, de arriba abajo. */
export function pintarMomento({ pincel, tinta, eje, ventana, n }) {
  pincel.fillStyle = tinta.colores.texto;
  pincel.fillRect(eje.x(n) - 1, ventana.y0, 2, ventana.alto);
}

/** La cabeza de esa raya, en la regla. */
export function pintarCabeza({ pincel, tinta, eje, ventana, n }) {
  const [x, abajo] = [eje.x(n), ventana.y0 + ALTO_DE_REGLA];
  pincel.fillStyle = tinta.colores.texto;
  pincel.fillRect(x - 1, abajo - 8, 2, 8);
  pincel.beginPath();
  pincel.moveTo(x - 7, abajo - 16);
  pincel.lineTo(x + 7, abajo - 16);
  pincel.lineTo(x, abajo - 4);
  pincel.fill();
}
