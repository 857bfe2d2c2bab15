// El mundo de una grabación: cómo estaba todo en cada momento, y qué fue de cada byte.
import { Flechas } from "./flechas.js";
import { Hitos } from "./hitos.js";
import { Pendientes } from "./pendientes.js";
import { Puntos } from "./puntos.js";
import { Rutinas } from "./rutinas.js";
import { Tecleado } from "./tecleado.js";
import { Tramos } from "./tramos.js";

/** Todo lo que se sabe de una grabación; si la grabación crece, él también. */
export class Mundo {
  /** @param {Grabacion} grabacion */
  constructor(grabacion) {
    this.grabacion = grabacion;
    this._flechas = new Flechas();
    this._tramos = new Tramos();
    this._pendientes = new Pendientes();
    this._hitos = new Hitos();
    this._rutinas = new Rutinas();
    this._tecleado = new Tecleado();
    this._puntos = new Puntos(grabacion.sucesos);
    this._vistos = 0;
  }

  /** Todos los sucesos, en orden: el número de cada uno es su sitio. */
  get sucesos() {
    return this.grabacion.sucesos;
  }

  /**
   * Cómo está todo detrás del suceso `n`; con -1, antes del primero.
   * @param {number} n
   * @returns {object} una copia, hecha de objetos sencillos
   */
  estadoEn(n) {
    this.ponerAlDia();
    const cual = Math.trunc(Number(n)) || 0;
    return this._puntos.en(Math.max(-1, Math.min(cual, this.sucesos.length - 1)));
  }

  /** Una flecha por cada `send`, por orden. */
  get flechas() {
    this.ponerAlDia();
    return this._flechas.todas;
  }

  /** Las conexiones como han acabado: quién llama y quién acepta se sabe ya de todas. */
  get conexiones() {
    this.ponerAlDia();
    return this._puntos.ultimo.conexiones;
  }

  /** La flecha que sale de ese `send`. */
  flechaDe(n) {
    this.ponerAlDia();
    return this._flechas.deEnvio(n);
  }

  /** De qué envíos son los bytes que dio ese `recv`, y si parte una letra. */
  lecturaDe(n) {
    this.ponerAlDia();
    return this._flechas.deLectura(n);
  }

  /** Por programa, los tramos de cada uno de sus hilos. */
  get tiras() {
    this.ponerAlDia();
    return this._tramos.programas;
  }

  /** Los tramos de un hilo. */
  tiraDe(p, h) {
    this.ponerAlDia();
    return this._tramos.tira(p, h ?? 1);
  }

  /** Los bytes que ese programa tiene sin leer, cada vez que cambian: `{ n, bytes }`. */
  pendientesDe(p) {
    this.ponerAlDia();
    return this._pendientes.de(p);
  }

  /** Las marcas de la grabación: los momentos por los que merece la pena empezar. */
  get marcas() {
    this.ponerAlDia();
    return this._hitos.marcas;
  }

  /** El `accept` que dio esa conexión; undefined, si ninguno. */
  acceptDe(c) {
    this.ponerAlDia();
    return this._hitos.acceptDe(c);
  }

  /** Si en ese suceso solo vence un plazo, o se vuelve a esperar lo mismo tras vencer. */
  esRutina(n) {
    this.ponerAlDia();
    return this._rutinas.es(n);
  }

  /** La línea que se acaba de teclear en ese suceso; undefined, si no es un Intro. */
  tecleadoEn(n) {
    this.ponerAlDia();
    return this._tecleado.en(n);
  }

  /** El `close` o el `shutdown` por el que ese lado ya no enviaba antes del suceso `n`. */
  finDe(c, lado, n) {
    this.ponerAlDia();
    return this._hitos.finDe(c, lado, n);
  }

  /** Si ese lado había dicho, antes del suceso `n`, que no iba a leer más. */
  dejaDeLeer(c, lado, n) {
    this.ponerAlDia();
    return this._hitos.dejaDeLeer(c, lado, n);
  }

  /** Cómo han acabado los programas: sus nombres se saben ya todos. */
  get programas() {
    this.ponerAlDia();
    return this._puntos.ultimo.programas;
  }

  /** Sucesos que se han aplicado hasta ahora para ir de un momento a otro. */
  get aplicados() {
    return this._puntos.aplicados;
  }

  /** Tiene en cuenta los sucesos que han llegado desde la última vez; dice cuántos hay. */
  ponerAlDia() {
    const { sucesos } = this.grabacion;
    for (; this._vistos < sucesos.length; this._vistos++) {
      const suceso = sucesos[this._vistos];
      this._puntos.anadir(suceso);
      this._flechas.anadir(suceso);
      this._tramos.anadir(suceso, this._puntos.ultimo);
      this._hitos.anadir(suceso);
      this._rutinas.anadir(suceso);
      this._tecleado.anadir(suceso);
      this._pendientes.anadir(suceso, this._puntos.ultimo);
    }
    return this._vistos;
  }
}
