// Los tramos de cada hilo: desde qué suceso, hasta cuál y en qué estuvo.
import { estadoVisible } from "./hilos.js";

/**
 * Un hilo en la línea del tiempo. Cada tramo es lo que hace seguido, desde el suceso `desde` hasta
 * el `hasta`, que puede no haber llegado.
 */
class Tira {
  constructor(p, hilo, n) {
    Object.assign(this, { p, h: hilo.h, nombre: hilo.nombre, desde: n, hasta: null, tramos: [] });
  }

  /** Apunta cómo está el hilo detrás del suceso `n`. */
  apuntar(hilo, programa, n) {
    const estado = estadoVisible(hilo, programa);
    const ultimo = this.tramos[this.tramos.length - 1];
    this.nombre = hilo.nombre;
    if (ultimo && estado === "trabaja" && hilo.vencido && ultimo.estado !== "trabaja") {
      this._vencio ??= n;
      return;
    }
    if (this._vencio !== undefined && this._resuelve(ultimo, estado, hilo)) return;
    const actual = this.tramos[this.tramos.length - 1];
    if (actual?.estado === estado && actual.espera === hilo.desde) return;
    if (estado !== "terminado") this._abrir(n, estado, hilo);
    else if (this.hasta === null) this._cerrar(n);
  }

  /** Venció un plazo: si vuelve a esperar lo mismo, sigue el mismo tramo; si no, trabajaba. */
  _resuelve(ultimo, estado, hilo) {
    const vencio = this._vencio;
    this._vencio = undefined;
    if (estado === ultimo.estado && hilo.c === ultimo.c && hilo.candado === ultimo.candado) {
      ultimo.espera = hilo.desde;
      return true;
    }
    this._abrir(vencio, "trabaja", { desde: estado === "trabaja" ? hilo.desde : vencio });
    return false;
  }

  _abrir(n, estado, { desde: espera, c = null, dueno = null, candado = null }) {
    this._cerrar(n);
    this.hasta = null;
    this.tramos.push({ desde: n, hasta: null, espera, estado, c, dueno, candado });
  }

  _cerrar(n) {
    const ultimo = this.tramos[this.tramos.length - 1];
    if (ultimo !== undefined) ultimo.hasta ??= n;
    this.hasta = n;
  }
}

/** Las tiras de todos los hilos, que crecen con la grabación. */
export class Tramos {
  constructor() {
    /** Por programa, en el orden en que aparecen; y en cada uno, sus tiras. */
    this.programas = new Map();
    this._tiras = new Map();
  }

  /** La tira de un hilo; undefined, si no se ha sabido de él. */
  tira(p, h) {
    return this._tiras.get(`${p} ${h}`);
  }

  /** Apunta lo que ha cambiado con ese suceso; `estado` es el de detrás. */
  anadir(suceso, estado) {
    const programa = estado.programas[suceso.p];
    if (programa === undefined) return;
    const todos = suceso.que === "programa" || suceso.que === "senal" || suceso.que === "termina";
    const cuales = todos ? Object.values(programa.hilos) : [programa.hilos[suceso.h ?? 1]];
    for (const hilo of cuales) if (hilo !== undefined) this._apuntar(suceso, hilo, programa);
  }

  _apuntar({ p, n }, hilo, programa) {
    const clave = `${p} ${hilo.h}`;
    if (!this._tiras.has(clave)) {
      const tira = new Tira(p, hilo, n);
      this._tiras.set(clave, tira);
      if (!this.programas.has(p)) this.programas.set(p, []);
      this.programas.get(p).push(tira);
    }
    this._tiras.get(clave).apuntar(hilo, programa, n);
  }
}
