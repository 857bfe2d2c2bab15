// La grabación: sus líneas, leídas una a una, aunque lleguen mientras se mira.
import { primeroQue } from "./buscar.js";
import { bytesDeLinea, esBase64 } from "./bytes.js";

const VERSION_QUE_SE_LEE = 1;
/** Los momentos van con seis decimales: los dos escritos así son el mismo. */
const MEDIO_MICROSEGUNDO = 5e-7;
/** Lo que le pasa a alguien en un momento: lo demás de la grabación no se numera. */
const SUCESOS_CONOCIDOS = new Set(
  (
    "programa termina pantalla tecla tamano senal hilo hilo_termina bind listen connect accept " +
    "hereda send recv shutdown close espera sigue candado fallo prohibido udp marca muestreo"
  ).split(" "),
);
const MAYOR_TERMINAL = 500;
const SON_NUMEROS = ["p", "h", "c", "desde", "cuantos", "veces", "dueno", "candado", "padre"];
const CON_PROGRAMA = (suceso) => suceso.que !== "marca" && suceso.que !== "muestreo";
const CON_BYTES = new Set(["send", "recv"]);

/** Lo que se lanza al abrir algo que no es una grabación, con una frase para personas. */
export class GrabacionIlegible extends Error {}

/** Una grabación, leída del todo o según llega. */
export class Grabacion {
  /** @param {string} [texto] el archivo entero: si su última línea está cortada, se deja */
  constructor(texto = "") {
    this.cabecera = null;
    this.programas = [];
    this.archivos = Object.create(null);
    /** Cada suceso lleva su número, `n`, y su momento, `t`, en segundos. */
    this.sucesos = [];
    /** Las cuentas verdaderas de todo lo que pasó; null si la grabación no acabó bien. */
    this.cuentas = null;
    /** Líneas que no se han entendido. */
    this.ilegibles = 0;
    if (texto) this.anadir(texto);
  }

  /**
   * Añade una línea; o varias, cada una con su final: lo que no lo lleva está cortado.
   * @param {string} texto
   */
  anadir(texto) {
    const lineas = texto.split("\n");
    if (lineas.length > 1) lineas.pop();
    for (const linea of lineas) if (linea.trim()) this._anadirLinea(linea);
  }

  /** Si la grabación acabó bien. */
  get completa() {
    return this.cuentas !== null;
  }

  /** Los segundos que dura, hasta su último suceso. */
  get duracion() {
    return this.sucesos.length ? this.sucesos[this.sucesos.length - 1].t : 0;
  }

  /** El número del último suceso que ya había pasado en ese segundo; -1, si ninguno. */
  sucesoEn(t) {
    const { sucesos } = this;
    return primeroQue(sucesos.length, (n) => sucesos[n].t > t + MEDIO_MICROSEGUNDO) - 1;
  }

  _anadirLinea(linea) {
    const dicho = deJson(linea);
    if (this.cabecera === null) this.cabecera = comprobarCabecera(dicho);
    else if (dicho === null || typeof dicho.que !== "string") this.ilegibles += 1;
    else if (dicho.que === "archivo") this.archivos[String(dicho.ruta)] = String(dicho.texto);
    else if (dicho.que === "fin") this.cuentas = dicho.cuentas ?? {};
    else if (SUCESOS_CONOCIDOS.has(dicho.que)) this._anadirSuceso(dicho);
  }

  _anadirSuceso(dicho) {
    const anterior = this.duracion;
    if (!Number.isFinite(dicho.t) || !numerosBien(dicho)) {
      this.ilegibles += 1;
      return;
    }
    const suceso = { ...dicho, n: this.sucesos.length, t: Math.max(dicho.t, anterior) };
    if (typeof suceso.texto !== "string") delete suceso.texto;
    if (!esBase64(suceso.b64)) delete suceso.b64;
    if (CON_BYTES.has(suceso.que)) suceso.datos = bytesDeLinea(suceso);
    if (suceso.que === "programa" || suceso.que === "tamano") medir(suceso);
    this.sucesos.push(suceso);
    if (suceso.que === "programa") this.programas.push(suceso);
  }
}

function deJson(linea) {
  try {
    const dicho = JSON.parse(linea);
    return dicho !== null && typeof dicho === "object" && !Array.isArray(dicho) ? dicho : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function comprobarCabecera(dicho) {
  if (dicho === null || dicho.chatlab !== "grabacion")
    throw new GrabacionIlegible("Esto no es una grabación de chatlab: falta su primera línea.");
  if (dicho.version > VERSION_QUE_SE_LEE)
    throw new GrabacionIlegible(
      `Esta grabación es de la versión ${Number(dicho.version)}, y aquí se lee hasta la ` +
        `${VERSION_QUE_SE_LEE}. Ábrela con un chatlab más nuevo.`,
    );
  return dicho;
}

/** Los números de una línea son enteros desde 0, y está el programa al que le pasa. */
function numerosBien(dicho) {
  const bien = (valor) => valor === undefined || valor === null || esNatural(valor);
  return SON_NUMEROS.every((campo) => campo in dicho ? bien(dicho[campo]) : true) &&
    (!CON_PROGRAMA(dicho) || esNatural(dicho.p)) &&
    (!CON_BYTES.has(dicho.que) ||
      (esNatural(dicho.c) && esNatural(dicho.cuantos) && esNatural(dicho.desde ?? 0)));
}

/** Una terminal mide lo que diga, si es posible; si no, lo de siempre. */
function medir(suceso) {
  for (const [lado, deSiempre] of [["filas", 24], ["columnas", 80]])
    if (!(esNatural(suceso[lado]) && suceso[lado] > 0 && suceso[lado] <= MAYOR_TERMINAL))
      suceso[lado] = deSiempre;
}

function esNatural(valor) {
  return Number.isSafeInteger(valor) && valor >= 0;
}
