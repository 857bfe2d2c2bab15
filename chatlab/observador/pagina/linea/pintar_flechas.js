// Las flechas: de cada envío a los recv que se llevaron sus bytes, y lo que aún no ha leído nadie.
import { contarCosas } from "../modelo/actores.js";
import { acortar, bytesALaVista } from "../modelo/bytes.js";
import { enCamino, otroLado, quienTiene } from "../modelo/conexiones.js";
import { ALTO_DE_BARRA } from "./filas.js";
import { pintarMuchas } from "./pintar_muchas.js";

const MEDIA_BARRA = ALTO_DE_BARRA / 2;
const PUNTA = 8;
/** Más flechas que estas a la vez no se distinguen. */
const MAXIMO_CON_DETALLE = 250;
const LETRAS_EN_UNA_FLECHA = 16;
const COLGADA = 26;
/** Dónde cabe lo que se dice de una flecha, desde su mitad hacia cada punta. */
const SITIOS_EN_UNA_FLECHA = [0, -0.2, 0.2, -0.33, 0.33];

/** Pinta las flechas que se ven: de una en una, o todas a bulto si son demasiadas. */
export function pintarFlechas(vista) {
  const { mundo, indice, nIzq, nDer } = vista;
  const flechas = indice.visibles(mundo.flechas, nIzq, nDer);
  Object.assign(vista, { flechas, lineas: [], cuelgan: [] });
  if (flechas.length > MAXIMO_CON_DETALLE) vista.pintados += pintarMuchas(vista, flechas);
  else pintarUnaAUna(vista);
}

function pintarUnaAUna(vista) {
  const { flechas, lineas, cuelgan, n } = vista;
  for (const flecha of flechas) {
    for (const trozo of flecha.trozos) {
      const linea = lineaDe(vista, flecha, trozo);
      if (linea) lineas.push(linea);
    }
    if (flecha.envio <= n && leidosEn(flecha, n) < flecha.cuantos)
      cuelgan.push({ flecha, ...desdeYHasta(vista, flecha) });
  }
  trazar(vista, lineas);
  for (const linea of lineas) rematar(vista, linea);
  rotularEnvios(vista, lineas);
  rotularColgadas(vista, cuelgan);
  vista.pintados += lineas.length + cuelgan.length;
}

/** Los bytes de una flecha que ya se habían leído en el suceso `n`. */
export function leidosEn(flecha, n) {
  const leidos = flecha.trozos.filter((trozo) => trozo.lectura <= n);
  return leidos.reduce((suma, trozo) => suma + trozo.cuantos, 0);
}

/** De dónde a dónde va lo que un recv se llevó de un envío; null, si no se sabe quién recibe. */
export function lineaDe({ eje, filas, mundo }, flecha, trozo) {
  const lectura = mundo.lecturaDe(trozo.lectura);
  const desde = filas.y(flecha.p, flecha.h);
  const hasta = filas.y(lectura.p, lectura.h);
  if (desde === undefined || hasta === undefined) return null;
  const [x1, x2] = [eje.x(flecha.envio), eje.x(lectura.n)];
  const sentido = Math.sign(hasta - desde);
  const [y1, y2] = [desde + sentido * MEDIA_BARRA, hasta - sentido * MEDIA_BARRA];
  return { flecha, trozo, lectura, x1, y1, x2, y2, sentido };
}

/** Todas de una vez: primero un halo, para que se vean encima de las tiras. */
function trazar({ pincel, tinta }, lineas) {
  const { papel, acento } = tinta.colores;
  for (const [color, ancho, alfa] of [[papel, 4.5, 0.85], [acento, 1.8, 1]]) {
    pincel.strokeStyle = color;
    pincel.lineWidth = ancho;
    pincel.globalAlpha = alfa;
    pincel.beginPath();
    for (const linea of lineas) trazo(pincel, linea);
    pincel.stroke();
  }
  pincel.globalAlpha = 1;
}

/** Las flechas del suceso en que se está, más gruesas; y un aro en el hilo al que le pasa. */
export function pintarLasDeAhora(vista) {
  const { pincel, tinta, lineas, n, eje, filas, mundo } = vista;
  const suyas = lineas.filter(({ flecha, lectura }) => flecha.envio === n || lectura.n === n);
  pincel.strokeStyle = tinta.colores.acento;
  pincel.lineWidth = 3.5;
  pincel.beginPath();
  for (const linea of suyas) trazo(pincel, linea);
  pincel.stroke();
  for (const linea of suyas) rematar(vista, linea);
  const { p, h } = mundo.sucesos[n] ?? {};
  const y = filas.y(p, h);
  if (y === undefined) return;
  pincel.strokeStyle = tinta.colores.texto;
  pincel.lineWidth = 2;
  pincel.beginPath();
  pincel.arc(eje.x(n), y, MEDIA_BARRA + 2, 0, Math.PI * 2);
  pincel.stroke();
}

function trazo(pincel, { x1, y1, x2, y2, sentido }) {
  pincel.moveTo(x1, y1);
  // De un hilo a sí mismo: un arco por encima.
  if (!sentido) pincel.quadraticCurveTo((x1 + x2) / 2, y1 - 30, x2, y2);
  else pincel.lineTo(x2, y2);
}

function rematar({ pincel, tinta }, { x1, y1, x2, y2, sentido }) {
  const [dx, dy] = sentido ? [x2 - x1, y2 - y1] : [1, 1.6];
  const largo = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / largo, dy / largo];
  pincel.fillStyle = tinta.colores.acento;
  pincel.beginPath();
  pincel.moveTo(x2, y2);
  pincel.lineTo(x2 - ux * PUNTA - uy * PUNTA * 0.5, y2 - uy * PUNTA + ux * PUNTA * 0.5);
  pincel.lineTo(x2 - ux * PUNTA + uy * PUNTA * 0.5, y2 - uy * PUNTA - ux * PUNTA * 0.5);
  pincel.fill();
  pincel.beginPath();
  pincel.arc(x1, y1, 3, 0, Math.PI * 2);
  pincel.fill();
}

/** Pinta lo que en este momento nadie ha leído: flechas que no llegan. */
export function pintarColgadas({ pincel, tinta, cuelgan }) {
  pincel.strokeStyle = tinta.colores["e-send"];
  pincel.fillStyle = tinta.colores.papel;
  pincel.lineWidth = 2;
  for (const { x1, y1, x2, y2 } of cuelgan) {
    pincel.setLineDash([5, 4]);
    pincel.beginPath();
    pincel.moveTo(x1, y1);
    pincel.lineTo(x2, y2);
    pincel.stroke();
    pincel.setLineDash([]);
    pincel.beginPath();
    pincel.arc(x2, y2, 4, 0, Math.PI * 2);
    pincel.fill();
    pincel.stroke();
  }
}

/** Lo que cuelga acaba a la puerta de quien lo leerá; o cerca, si no se sabe quién es. */
function desdeYHasta({ estado, filas, eje }, flecha) {
  const quien = quienTiene(estado.conexiones[flecha.c], otroLado(flecha.lado));
  const [x1, y] = [eje.x(flecha.envio), filas.y(flecha.p, flecha.h) ?? 0];
  const y2 = quien === null ? y + COLGADA : (filas.buzon(quien) ?? y + COLGADA) - 8;
  const y1 = y + Math.sign(y2 - y) * MEDIA_BARRA;
  return { x1, y1, x2: x1 + COLGADA, y2, sin_sonda: quien === null };
}

/** La cuenta de lo que hay sin leer en cada sentido, al lado de lo último que cuelga de él. */
function rotularColgadas({ rotulos, tinta, estado }, cuelgan) {
  const porFlujo = new Map();
  for (const una of cuelgan)
    if (!una.sin_sonda) porFlujo.set(`${una.flecha.c} ${una.flecha.lado}`, una);
  const color = tinta.colores["e-send"];
  for (const { flecha, x1, y1, x2, y2 } of porFlujo.values()) {
    // Si a la puerta no cabe, a mitad de camino.
    const aMedias = [(x1 - x2) / 2 + 68, (y1 - y2) / 2];
    const bytes = enCamino(estado.conexiones[flecha.c], flecha.lado);
    const sitios = [[64, 0], [64, -18], [64, 18], [-60, 0], aMedias];
    rotulos.destacar(`${contarCosas(bytes, "byte")} sin leer`, x2, y2, color, { sitios });
  }
}

/** Lo que se envió, en medio de su flecha; si llegó a trozos, en cada una lo que se llevó. */
function rotularEnvios({ rotulos, tinta }, lineas) {
  for (const { flecha, lectura, x1, y1, x2, y2 } of lineas) {
    const { datos } = flecha.cortado ? lectura : flecha;
    if (!datos.length) continue;
    const texto = acortar(bytesALaVista(datos.subarray(0, 64)), LETRAS_EN_UNA_FLECHA);
    rotulos.pedir(`«${texto}»`, (x1 + x2) / 2, (y1 + y2) / 2, {
      importa: 20,
      sitios: SITIOS_EN_UNA_FLECHA.map((parte) => [(x2 - x1) * parte, (y2 - y1) * parte]),
      color: tinta.colores.acento,
    });
  }
}
