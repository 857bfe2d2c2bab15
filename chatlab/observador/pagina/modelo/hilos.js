// En qué está cada hilo: lo que cambia con cada suceso.

const NADA = { c: null, dueno: null, candado: null, plazo: null, cuantos: null };
const TRABAJA = { ...NADA, estado: "trabaja" };
/** Donde se puede esperar; cualquier otra palabra de la grabación se cuenta como «algo». */
const ESPERAS = new Set("recv accept connect send select teclado candado hilo reloj".split(" "));

/** Un hilo que acaba de aparecer en el suceso `n`. */
export function hiloNuevo(h, nombre, n) {
  return { h, nombre, vivo: true, ...TRABAJA, vencido: false, lugar: null, desde: n };
}

/** El hilo al que le pasa eso; si no se sabía de él, aparece ahora. */
export function hiloDe(programa, suceso) {
  const h = suceso.h ?? 1;
  return (programa.hilos[h] ??= hiloNuevo(h, "", suceso.n));
}

/** Lo que ese suceso cambia en los hilos de su programa. */
export function cambiarHilos(programa, suceso) {
  if (suceso.que === "senal") cambiarPorSenal(programa, suceso);
  else if (suceso.que === "termina") terminarHilos(programa, suceso);
  else if (suceso.h !== undefined) cambiarHilo(hiloDe(programa, suceso), suceso);
}

function cambiarHilo(hilo, suceso) {
  if (typeof suceso.lugar === "string") hilo.lugar = suceso.lugar;
  if (suceso.que === "hilo") {
    hilo.nombre = String(suceso.nombre ?? "");
  } else if (suceso.que === "hilo_termina") {
    terminarHilo(hilo, suceso.n);
  } else if (suceso.que === "espera") {
    empezarEspera(hilo, suceso);
  } else if (suceso.que !== "hereda" && suceso.por !== "fin") {
    // Lo que el sistema cierra al final no lo hace el hilo, que puede haber terminado ya.
    if (hilo.estado !== "trabaja") Object.assign(hilo, TRABAJA, { vivo: true, desde: suceso.n });
    hilo.vencido = suceso.vencido === true;
  }
}

function empezarEspera(hilo, suceso) {
  const estado = ESPERAS.has(suceso.en) ? suceso.en : "algo";
  const { c = null, dueno = null, candado = null, cuantos = null } = suceso;
  // Quien vuelve a lo mismo, porque venció un plazo corto, sigue esperando desde entonces.
  const otraVez = hilo.estado === estado && hilo.c === c && hilo.candado === candado;
  const desde = otraVez ? hilo.desde : suceso.n;
  const plazo = Number.isFinite(suceso.plazo) ? suceso.plazo : null;
  Object.assign(hilo, { estado, c, dueno, candado, plazo, cuantos, desde, vencido: false });
}

function terminarHilos(programa, suceso) {
  programa.vivo = false;
  programa.parado = false;
  programa.codigo = Number.isSafeInteger(suceso.codigo) ? suceso.codigo : null;
  for (const hilo of Object.values(programa.hilos)) terminarHilo(hilo, suceso.n);
}

function terminarHilo(hilo, n) {
  if (!hilo.vivo) return;
  Object.assign(hilo, TRABAJA, { vivo: false, estado: "terminado", desde: n });
}

function cambiarPorSenal(programa, suceso) {
  if (suceso.senal === "SIGSTOP") programa.parado = true;
  if (suceso.senal === "SIGCONT") programa.parado = false;
}

/** Lo que se ve de ese hilo: el sistema puede haber parado su programa entero. */
export function estadoVisible(hilo, programa) {
  if (!hilo.vivo) return "terminado";
  return programa.parado ? "parado" : hilo.estado;
}
