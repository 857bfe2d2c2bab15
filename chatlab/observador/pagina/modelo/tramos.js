// Los tramos de cada hilo: desde qué suceso, hasta cuál y en qué estuvo.
import { estadoVisible } from "./hilos.js";

/** Lo que un hilo hace seguido: desde el suceso `desde` hasta el `hasta`, que puede no llegar. */
class Tramo {
  constructor(campos) {
    Object.assign(this, campos, { hasta: null });
  }
}

/** Un hilo en la línea del tiempo, con todo lo que le pasó. */
class Tira {
  constructor(p, hilo, n) {
    Object.assign(this, { p, h: hilo.h, nombre: hilo.nombre, desde: n, hasta: null, tramos: [] });
  }

  /** Apunta cómo está el hilo detrás del suceso `n`. */
  apuntar(hilo, programa, n) {
    const estado = estadoVisible(hilo, programa);
    const { c, dueno, candado } = hilo;
    const ultimo = this.tramos[this.tramos.length - 1];
    this.nombre = hilo.nombre;
    if (ultimo !== undefined && ultimo.estado === estado && ultimo.espera === hilo.desde) return;
    if (ultimo !== undefined) ultimo.hasta = n;
    if (estado === "terminado") this.hasta = n;
    else this.tramos.push(new Tramo({ desde: n, espera: hilo.desde, estado, c, dueno, candado }));
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
