// Los puntos de control: copias del estado, para llegar pronto a cualquier momento.
import { primeroQue } from "./buscar.js";
import { aplicar, copiarEstado, estadoInicial } from "./estado.js";

/** Sucesos entre dos copias, al menos: si hay mucho que copiar, son más. */
const ENTRE_COPIAS = 128;

/** El estado en cualquier momento de una lista de sucesos que crece. */
export class Puntos {
  constructor(sucesos) {
    this._sucesos = sucesos;
    this._copias = [estadoInicial()];
    /** El suceso en que quizá toque otra copia: contar lo que hay que copiar también cuesta. */
    this._proxima = ENTRE_COPIAS - 1;
    /** El estado detrás del último suceso que se ha visto. */
    this.ultimo = estadoInicial();
    /** El estado del que se salió la última vez: el momento siguiente suele estar cerca. */
    this._cursor = estadoInicial();
    /** Sucesos que se han aplicado para responder: lo que cuesta ir a un momento. */
    this.aplicados = 0;
  }

  /** Tiene en cuenta el suceso siguiente. */
  anadir(suceso) {
    aplicar(this.ultimo, suceso);
    if (this.ultimo.n < this._proxima) return;
    const copia = this._copias[this._copias.length - 1];
    const faltan = copia.n + cosasDe(this.ultimo) - this.ultimo.n;
    if (faltan <= 0) this._copias.push(copiarEstado(this.ultimo));
    this._proxima = this.ultimo.n + Math.max(ENTRE_COPIAS, faltan);
  }

  /** El estado detrás del suceso `n`; es una copia, y se puede guardar. */
  en(n) {
    const copia = this._copiaAntesDe(n);
    if (this._cursor.n > n || this._cursor.n < copia.n) this._cursor = copiarEstado(copia);
    while (this._cursor.n < n) {
      aplicar(this._cursor, this._sucesos[this._cursor.n + 1]);
      this.aplicados += 1;
    }
    return copiarEstado(this._cursor);
  }

  _copiaAntesDe(n) {
    const copias = this._copias;
    return copias[primeroQue(copias.length, (i) => copias[i].n > n) - 1];
  }
}

function cosasDe(estado) {
  const hilos = Object.values(estado.programas).map((uno) => Object.keys(uno.hilos).length);
  const conexiones = Object.keys(estado.conexiones).length;
  return hilos.reduce((suma, uno) => suma + uno, conexiones);
}
