// Qué hay debajo del puntero: una flecha, algo que hizo un hilo o, si no, el suceso más cercano.
import { ALTO_DE_REGLA } from "./filas.js";

const CERCA = 6;
const CERCA_EN_SU_FILA = 40;
const SUCESOS_QUE_SE_MIRAN = 60;

/**
 * El suceso que se señala en ese punto de la línea.
 * @returns {{n: number, flecha: object|null}} con la flecha, si es una
 */
export function loQueHayEn(vista, x, y) {
  if (y - vista.ventana.y0 < ALTO_DE_REGLA) return { n: vista.eje.cercaDe(x), flecha: null };
  const linea = lineaMasCercana(vista.lineas ?? [], x, y);
  if (linea) {
    const alPrincipio = Math.abs(x - linea.x1) < Math.abs(x - linea.x2);
    return { n: alPrincipio ? linea.flecha.envio : linea.lectura.n, flecha: linea.flecha };
  }
  return { n: sucesoDeLaFila(vista, x, y) ?? vista.eje.cercaDe(x), flecha: null };
}

function lineaMasCercana(lineas, x, y) {
  let mejor = null;
  let distancia = CERCA;
  for (const linea of lineas) {
    const suya = distanciaA(linea, x, y);
    if (suya < distancia) [mejor, distancia] = [linea, suya];
  }
  return mejor;
}

function distanciaA({ x1, y1, x2, y2 }, x, y) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const largo2 = dx * dx + dy * dy || 1;
  const parte = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / largo2));
  return Math.hypot(x - x1 - parte * dx, y - y1 - parte * dy);
}

function sucesoDeLaFila({ filas, eje, mundo }, x, y) {
  const fila = filas.filaEn(y);
  if (!fila) return undefined;
  const hilos = new Set(fila.tiras.map((tira) => tira.h));
  const { sucesos } = mundo;
  const suyo = (n) => sucesos[n]?.p === fila.p && hilos.has(sucesos[n].h ?? 1);
  const centro = eje.cercaDe(x);
  for (let lejos = 0; lejos < SUCESOS_QUE_SE_MIRAN; lejos++)
    for (const n of [centro - lejos, centro + lejos])
      if (suyo(n) && Math.abs(eje.x(n) - x) <= CERCA_EN_SU_FILA) return n;
  return undefined;
}
