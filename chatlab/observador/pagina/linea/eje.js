// El eje de la línea: a qué altura de ella está cada suceso, en puntos.
import { primeroQue } from "../modelo/buscar.js";

const MARGEN_DEL_EJE = 18;
/** Lo que se deja detrás del último suceso, para lo que se dice de él. */
const MARGEN_FINAL = 130;
const LO_QUE_SIGUE = 105;
/** Puntos que ocupa un suceso de cada clase: lo que viaja, más, que es lo que se mira. */
const ANCHOS = {
  send: 34,
  recv: 34,
  connect: 30,
  accept: 30,
  programa: 34,
  senal: 30,
  fallo: 30,
  termina: 24,
  shutdown: 24,
  close: 18,
  candado: 18,
  tecla: 24,
  espera: 12,
  sigue: 6,
  hilo: 8,
  hilo_termina: 8,
  pantalla: 5,
  marca: 10,
  tamano: 4,
};
const ANCHO_DE_OTROS = 16;
const ANCHO_DE_UNA_TECLA = 2;
const PUNTOS_POR_SEGUNDO = 90;

export const POR_SUCESOS = "sucesos";
export const POR_TIEMPO = "tiempo";

/** Donde está cada suceso: por sucesos, con las esperas encogidas, o por tiempo. */
export class Eje {
  constructor() {
    this.modo = POR_SUCESOS;
    this.escala = 1;
    this._sucesos = [];
    /** El sitio de cada suceso con la escala 1; y el momento de cada uno. */
    this._sitios = [];
    this._ultimo = { t: 0, sitio: 0 };
  }

  /** Tiene en cuenta los sucesos que hayan llegado. */
  ponerAlDia(mundo) {
    this._sucesos = mundo.sucesos;
    for (let n = this._sitios.length; n < mundo.sucesos.length; n++) {
      const { t } = mundo.sucesos[n];
      // De la rutina solo se ve que pasa el tiempo.
      const rutina = mundo.esRutina(n);
      const ancho = rutina ? 0 : anchoDe(mundo.sucesos[n]);
      const sitio = this._ultimo.sitio + ancho + huecoDe(t - this._ultimo.t);
      this._sitios.push(Math.max(sitio, this._sitios[n - 1] ?? 0));
      if (!rutina) this._ultimo = { t, sitio: this._sitios[n] };
    }
  }

  /** El sitio del suceso `n`, en puntos; el de -1 es el principio. */
  x(n) {
    if (n < 0) return MARGEN_DEL_EJE;
    const ultimo = this._sitios.length - 1;
    return MARGEN_DEL_EJE + this._sinEscala(Math.min(n, ultimo)) * this.escala;
  }

  /** El suceso que está en ese sitio, o el último de antes; -1, si no hay ninguno. */
  enX(x) {
    const buscado = (x - MARGEN_DEL_EJE) / this.escala;
    return primeroQue(this._sitios.length, (n) => this._sinEscala(n) > buscado) - 1;
  }

  /** El suceso más cercano a ese sitio. */
  cercaDe(x) {
    const antes = this.enX(x);
    if (antes + 1 >= this._sitios.length) return antes;
    return antes >= 0 && x - this.x(antes) <= this.x(antes + 1) - x ? antes : antes + 1;
  }

  /** Hasta dónde llega lo que no ha acabado: se ve que sigue. */
  get final() {
    return this.ancho - MARGEN_FINAL + LO_QUE_SIGUE;
  }

  /** Los puntos que ocupa todo. */
  get ancho() {
    return this.x(this._sitios.length - 1) + MARGEN_FINAL;
  }

  /** La escala con la que todo cabe en esos puntos. */
  escalaPara(puntos) {
    const margenes = MARGEN_DEL_EJE + MARGEN_FINAL;
    const todo = (this.ancho - margenes) / this.escala;
    return todo > 0 ? Math.max(0, puntos - margenes) / todo : 1;
  }

  _sinEscala(n) {
    if (n < 0) return 0;
    return this.modo === POR_SUCESOS ? this._sitios[n] : this._sucesos[n].t * PUNTOS_POR_SEGUNDO;
  }
}

/** Las teclas sueltas ocupan poco: lo que se mira es la línea entera, al pulsar Intro. */
function anchoDe({ que, texto }) {
  const suelta = que === "tecla" && texto?.length === 1 && texto >= " ";
  return suelta ? ANCHO_DE_UNA_TECLA : (ANCHOS[que] ?? ANCHO_DE_OTROS);
}

/** Los puntos de un rato sin que pase nada: crecen cada vez menos. */
function huecoDe(segundos) {
  return segundos < 0.02 ? 0 : 10 * Math.log1p(8 * segundos);
}
