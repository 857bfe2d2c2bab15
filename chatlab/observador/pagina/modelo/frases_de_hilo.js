// Lo que hace cada hilo, con palabras: en qué espera y por qué.
import { conArticulo, contarCosas, deQuien, duracionEnPalabras, nombrarHilo } from "./actores.js";
import { acortar, aLaVista } from "./bytes.js";
import { enCamino, otroLado, quienTiene } from "./conexiones.js";
import { estadoVisible } from "./hilos.js";

const EN_PALABRAS = {
  recv: "espera en recv",
  accept: "espera en accept",
  connect: "espera en connect",
  send: "espera en send: el otro no lee",
  select: "espera en el selector",
  teclado: "espera al teclado",
  hilo: "espera a otro hilo",
  reloj: "duerme",
  algo: "espera",
  trabaja: "trabaja",
  parado: "parado",
  terminado: "terminado",
};

/** En una palabra, para donde cabe poco. */
const CORTAS = {
  ...EN_PALABRAS,
  recv: "recv",
  accept: "accept",
  connect: "connect",
  send: "send: no leen",
  select: "selector",
  teclado: "teclado",
  candado: "candado",
  hilo: "otro hilo",
};

/**
 * En qué está un hilo: «espera en recv».
 * @param {object} unHilo el de un estado, o un tramo
 * @param {object} [programa] el suyo: el sistema puede haberlo parado entero
 */
export function estadoEnPalabras(unHilo, programa = { parado: false }) {
  const estado = estadoVisible({ vivo: true, ...unHilo }, programa);
  if (estado === "hilo" && Number.isInteger(unHilo.dueno)) return aQueAcabe(unHilo.dueno);
  if (estado !== "candado") return EN_PALABRAS[estado] ?? "espera";
  return `espera un candado${deQuienEs(unHilo)}`;
}

/** Lo mismo, en una o dos palabras: «recv», «candado suyo». */
export function estadoEnCorto(unHilo, programa = { parado: false }) {
  const estado = estadoVisible({ vivo: true, ...unHilo }, programa);
  if (estado === "candado" && unHilo.dueno !== null && unHilo.dueno !== undefined)
    return unHilo.dueno === unHilo.h ? "candado suyo" : `candado del hilo ${unHilo.dueno}`;
  if (estado === "hilo" && unHilo.dueno > 1) return `al hilo ${unHilo.dueno}`;
  return CORTAS[estado] ?? "espera";
}

function aQueAcabe(h) {
  return `espera a que acabe ${h === 1 ? "el hilo principal" : `el hilo ${h}`}`;
}

function deQuienEs({ h, dueno }) {
  if (dueno === null || dueno === undefined) return "";
  if (dueno === h) return " que ya tiene él mismo";
  return dueno === 1 ? " (lo tiene el hilo principal)" : ` (lo tiene el hilo ${dueno})`;
}

/** Python numera los hilos a su manera, «Thread-1 (atender)»: importa la función que ejecuta. */
function comoSeLlama(nombre) {
  if (!nombre) return "";
  const suyo = /^Thread-\d+ \((.+)\)$/.exec(nombre);
  const visible = acortar(aLaVista(suyo ? suyo[1] : nombre), 30);
  return suyo ? `, que ejecuta ${visible}` : `, «${visible}»`;
}

function quienHace(contexto) {
  return nombrarHilo(contexto.programa, contexto.suceso.h ?? 1);
}

/** Un recv solo espera si no hay nada que dar: a quien ya ha enviado, o no va a enviar, no. */
function esperaEnRecv({ conexion, suceso, mundo, estado }, quien, plazo) {
  const espera = `${quien} espera en recv`;
  if (!conexion) return `${espera}${plazo}.`;
  const lado = otroLado(ladoDe(suceso.p, conexion));
  const sinLeer = enCamino(conexion, lado);
  if (sinLeer > 0) return `${quien} llama a recv: tiene ya ${contarCosas(sinLeer, "byte")} sin leer.`;
  const programa = estado.programas[quienTiene(conexion, lado) ?? mundo.conexiones[suceso.c][lado]];
  if (!programa) return `${espera}${plazo}.`;
  const otro = conArticulo(programa.nombre);
  if (conexion.sentidos[lado].fin) return `${quien} llama a recv: ${otro} ya no va a enviar más.`;
  return `${espera} a que ${otro} envíe algo${plazo}.`;
}

function esperaEnAccept({ estado, suceso }, quien, plazo) {
  const enLaFila = Object.values(estado.conexiones).some(({ cola }) => cola === suceso.p);
  if (enLaFila) return `${quien} llama a accept: alguien espera ya en la fila.`;
  return `${quien} espera en accept a que alguien llame${plazo}.`;
}

function ladoDe(p, conexion) {
  return conexion.acepta === p && conexion.llama !== p ? "acepta" : "llama";
}

function esperaEnSend(contexto, quien, suyo) {
  const { conexion, suceso } = contexto;
  const bytes = suyo.cuantos ? `sus ${contarCosas(suyo.cuantos, "byte")}` : "sus bytes";
  const noCaben = `${quien} espera en send a que quepan ${bytes}`;
  const lado = conexion && ladoDe(suceso.p, conexion);
  const otro = conexion ? quienTiene(conexion, otroLado(lado)) : null;
  if (otro === null) return [`${noCaben}.`, "Probablemente, el otro lado no lee."];
  // De lo que espera ya habrá salido una parte: se cuenta solo lo de antes.
  const sinLeer = enCamino(conexion, lado);
  if (!sinLeer) return `${noCaben}.`;
  return `${noCaben}: ${contexto.quien(otro)} tenía ya ${contarCosas(sinLeer, "byte")} sin leer.`;
}

/** Las frases de lo que hace un hilo sin que viaje nada. */
export const frasesDeHilo = {
  hilo(contexto) {
    const { h, nombre } = contexto.suceso;
    const quien = contexto.quien();
    // Quien empieza el curso aún no sabe qué es un hilo: del primero se dice lo que hace.
    const copia = contexto.programa.padre !== null;
    if (h === 1 && !copia) return `Python arranca en la terminal ${deQuien(quien)}.`;
    if (h === 1) return `empieza el hilo principal ${deQuien(quien)}.`;
    return `empieza el hilo ${h} ${deQuien(quien)}${comoSeLlama(nombre)}.`;
  },

  hilo_termina(contexto) {
    return `termina ${quienHace(contexto)}.`;
  },

  espera(contexto) {
    const { h = 1 } = contexto.suceso;
    const suyo = contexto.programa.hilos[h];
    const quien = quienHace(contexto);
    const plazo = suyo.plazo === null ? "" : `, como mucho ${duracionEnPalabras(suyo.plazo)}`;
    const espera = `${quien} ${estadoEnPalabras({ ...suyo, h })}`;
    if (suyo.estado === "reloj" && plazo) return `${espera} ${duracionEnPalabras(suyo.plazo)}.`;
    if (suyo.estado === "accept") return esperaEnAccept(contexto, quien, plazo);
    if (suyo.estado === "recv") return esperaEnRecv(contexto, quien, plazo);
    if (suyo.estado === "teclado") return `${quien} espera a que alguien teclee${plazo}.`;
    if (suyo.estado === "connect") return `${espera} a que le contesten${plazo}.`;
    if (suyo.estado === "select") return `${espera} a que alguno de sus sockets tenga algo${plazo}.`;
    if (suyo.estado === "send") return esperaEnSend(contexto, quien, suyo);
    if (suyo.estado === "candado" && suyo.dueno === h && !plazo)
      return [`${espera}.`, "Probablemente no lo soltará nunca."];
    return `${espera}${plazo}.`;
  },

  sigue(contexto) {
    const { suceso, antes } = contexto;
    const suyo = antes.programas[suceso.p]?.hilos[suceso.h ?? 1];
    const quien = quienHace(contexto);
    if (suceso.vencido === true) return `${quien} deja de esperar: se acabó su plazo.`;
    if (suyo === undefined || suyo.estado === "trabaja") return `${quien} sigue.`;
    if (suyo.estado === "reloj") return `${quien} se despierta.`;
    if (suyo.estado === "candado") return `${quien} ya no espera el candado.`;
    if (suyo.estado === "teclado") return `${quien} ya no espera al teclado.`;
    if (suyo.estado === "hilo") return `${quien} ya no espera a otro hilo.`;
    if (suyo.estado === "select") return `${quien} sale del selector.`;
    return `${quien} deja de esperar.`;
  },

  candado(contexto) {
    const { suceso } = contexto;
    const cual = suceso.candado === undefined ? "un candado" : `el candado ${suceso.candado}`;
    return `${quienHace(contexto)} ${suceso.que_hace === "suelta" ? "suelta" : "toma"} ${cual}.`;
  },
};
