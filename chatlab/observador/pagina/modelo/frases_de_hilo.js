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

function quienHace(contexto) {
  return nombrarHilo(contexto.programa, contexto.suceso.h ?? 1);
}

function aQueEnvie({ conexion, suceso, mundo, estado }) {
  if (!conexion) return "";
  const lado = otroLado(ladoDe(suceso.p, conexion));
  const otro = quienTiene(conexion, lado) ?? mundo.conexiones[suceso.c][lado];
  const programa = estado.programas[otro];
  return programa ? ` a que ${conArticulo(programa.nombre)} envíe algo` : "";
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
  const sinLeer = contarCosas(enCamino(conexion, lado), "byte");
  return `${noCaben}: ${contexto.quien(otro)} tiene ${sinLeer} sin leer.`;
}

/** Las frases de lo que hace un hilo sin que viaje nada. */
export const frasesDeHilo = {
  hilo(contexto) {
    const { h, nombre } = contexto.suceso;
    const quien = contexto.quien();
    if (h === 1) return `empieza el hilo principal ${deQuien(quien)}.`;
    const suNombre = nombre ? `, «${acortar(aLaVista(nombre), 30)}»` : "";
    return `empieza el hilo ${h} ${deQuien(quien)}${suNombre}.`;
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
    if (suyo.estado === "accept") return `${espera} a que alguien llame${plazo}.`;
    if (suyo.estado === "recv") return `${espera}${aQueEnvie(contexto)}${plazo}.`;
    if (suyo.estado === "connect") return `${espera} a que le contesten${plazo}.`;
    if (suyo.estado === "select") return `${espera} a que alguien dé señales${plazo}.`;
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
