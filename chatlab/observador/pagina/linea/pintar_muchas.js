// Las flechas cuando son demasiadas para verlas una a una: rayas de arriba abajo, donde hay alguna.

const ANCHO_DE_CASILLA = 4;

/**
 * Pinta por dónde pasan esas flechas, sin distinguirlas: una raya por casilla y pareja de hilos.
 * @returns {number} las rayas pintadas
 */
export function pintarMuchas({ pincel, tinta, eje, filas, mundo, ventana }, flechas) {
  const puestas = new Set();
  pincel.fillStyle = tinta.colores.acento;
  pincel.globalAlpha = 0.55;
  for (const flecha of flechas) {
    if (!flecha.lecturas.length) continue;
    const { p, h } = mundo.lecturaDe(flecha.lecturas[0]);
    const [desde, hasta] = [filas.y(flecha.p, flecha.h), filas.y(p, h)];
    if (desde === undefined || hasta === undefined) continue;
    const casilla = Math.floor(eje.x(flecha.envio) / ANCHO_DE_CASILLA);
    const clave = (casilla * 4096 + Math.round(desde)) * 4096 + Math.round(hasta);
    const x = casilla * ANCHO_DE_CASILLA;
    if (puestas.has(clave) || x < ventana.x0 || x > ventana.x1) continue;
    puestas.add(clave);
    pincel.fillRect(x, Math.min(desde, hasta), 1, Math.abs(hasta - desde));
  }
  pincel.globalAlpha = 1;
  return puestas.size;
}
