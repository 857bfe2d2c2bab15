// La línea del tiempo: un carril por programa, una tira por hilo y una flecha por cada envío.
import { duracionEnPalabras } from "../modelo/actores.js";
import { frase } from "../modelo/frases.js";
import { loQueHayEn } from "./cerca.js";
import { pintarCuadro } from "./cuadro.js";
import { Eje, POR_SUCESOS, POR_TIEMPO } from "./eje.js";
import { Filas } from "./filas.js";
import { IndiceDeFlechas } from "./indice.js";
import { MandosDeLinea } from "./mandos_de_linea.js";
import { Nombres, trozoDe } from "./nombres.js";
import { PalabrasDeLinea } from "./palabras_de_linea.js";
import { destinoDeTecla } from "./teclas_de_linea.js";
import { Tinta } from "./tinta.js";

const ESCALA_MINIMA = 0.0005;
const ESCALA_MAXIMA = 8;
/** Sin que nadie la cambie, la escala es la que hace que quepa todo, entre estas dos. */
const ESCALAS_COMODAS = [0.6, 1.6];
const AUMENTO = 1.4;
/** El momento se mantiene en este trozo de la ventana. */
const ZONA_DEL_MOMENTO = [0.12, 0.8];

/** La línea del tiempo de un mundo, dentro de un elemento de la página. */
export class Linea {
  /**
   * @param {HTMLElement} elemento
   * @param {Mundo} mundo
   * @param {{alElegir: function(number, object|null): void}} opciones se llama con el suceso
   *   elegido y, si se ha elegido en una flecha, con ella
   */
  constructor(elemento, mundo, { alElegir }) {
    this.mundo = mundo;
    this.n = -1;
    this.siguiendo = true;
    this._alElegir = alElegir;
    this._eje = new Eje();
    this._filas = new Filas();
    this._indice = new IndiceDeFlechas();
    this._nombres = new Nombres();
    this._palabras = new PalabrasDeLinea((n, flecha) => this._elegir(n, flecha));
    this._mandos = new MandosDeLinea(this);
    this._escalaElegida = false;
    this._pedido = 0;
    this._montar(elemento);
    this.redibujar();
  }

  /** Pone la línea en el momento de detrás del suceso `n`. */
  poner(n) {
    this.n = Math.max(-1, Math.min(n, this.mundo.sucesos.length - 1));
    if (this.siguiendo) this._seguir();
    this._contarMomento();
    this._pedirCuadro();
  }

  /** La vuelve a dibujar ahora: han llegado sucesos, ha cambiado el tema o su tamaño. */
  redibujar() {
    this._tinta = null;
    this._ponerAlDia();
    this._pintar();
  }

  /** Acerca o aleja, sin mover de su sitio el momento en que se está. */
  aumentar(veces) {
    this._cambiarEscala(() => (this._eje.escala *= veces));
  }

  /** Hace que quepa todo. */
  verTodo() {
    this._cambiarEscala(() => (this._eje.escala = this._eje.escalaPara(this._anchoVisible)));
    this.rollo.scrollLeft = 0;
  }

  /** Por sucesos, con las esperas encogidas, o en tiempo real. */
  cambiarEje() {
    const otro = this._eje.modo === POR_SUCESOS ? POR_TIEMPO : POR_SUCESOS;
    this._cambiarEscala(() => (this._eje.modo = otro));
  }

  /** Si el eje es el del tiempo real. */
  get enTiempoReal() {
    return this._eje.modo === POR_TIEMPO;
  }

  /** Que la línea vaya, o deje de ir, con el momento. */
  seguir(siguiendo) {
    this.siguiendo = siguiendo;
    this._mandos.poner();
    if (siguiendo) this._seguir();
    this._pedirCuadro();
  }

  /** Suelta lo que usa. */
  cerrar() {
    this._mirador.disconnect();
    cancelAnimationFrame(this._pedido);
    this.elemento.remove();
  }

  // --- Cómo está hecha ---

  _montar(elemento) {
    this.lienzo = trozoDe("canvas", "linea-lienzo");
    this.rollo = trozoDe("div", "linea-rollo");
    this._papel = trozoDe("div", "linea-papel");
    this._globo = trozoDe("div", "linea-globo");
    this._globo.hidden = true;
    const atributos = { tabindex: "0", role: "slider", "aria-label": "Línea del tiempo" };
    for (const [uno, valor] of Object.entries(atributos)) this.lienzo.setAttribute(uno, valor);
    this._papel.append(this.lienzo, trozoDe("div", "linea-esquina"), this._nombres.elemento);
    this.rollo.append(this._papel);
    const marco = trozoDe("div", "linea-marco");
    marco.append(this.rollo, this._globo);
    this.elemento = trozoDe("section", "linea");
    this.elemento.setAttribute("aria-label", "Línea del tiempo");
    this.elemento.append(this._mandos.elemento, marco, this._palabras.elemento);
    elemento.append(this.elemento);
    this._escuchar();
  }

  _escuchar() {
    this._mirador = new ResizeObserver(() => this.redibujar());
    this._mirador.observe(this.rollo);
    this.rollo.addEventListener("scroll", () => this._pedirCuadro());
    this.rollo.addEventListener("wheel", (suceso) => this._alRodar(suceso), { passive: false });
    this.lienzo.addEventListener("keydown", (suceso) => this._alTeclear(suceso));
    this.lienzo.addEventListener("pointerdown", (suceso) => this._alPulsar(suceso));
    this.lienzo.addEventListener("click", (suceso) => this._alPulsar(suceso));
    this.lienzo.addEventListener("pointermove", (suceso) => this._alSenalar(suceso));
    this.lienzo.addEventListener("pointerleave", () => (this._globo.hidden = true));
  }

  // --- Lo que se ve ---

  _ponerAlDia() {
    const { mundo } = this;
    this._eje.ponerAlDia(mundo);
    this._filas.ponerAlDia(mundo.tiras, this.rollo.clientHeight);
    this._indice.ponerAlDia(mundo.flechas);
    this._nombres.nombrar(mundo.programas);
    if (!this._escalaElegida) {
      const [minima, maxima] = ESCALAS_COMODAS;
      const justa = this._eje.escalaPara(this._anchoVisible);
      this._eje.escala = Math.max(minima, Math.min(justa, maxima));
    }
    this._papel.style.setProperty("width", `${this._eje.ancho + this._anchoDeNombres}px`);
    this._papel.style.setProperty("height", `${this._filas.alto}px`);
    this._contarMomento();
    if (this.siguiendo) this._seguir();
  }

  get _anchoDeNombres() {
    return this._nombres.elemento.offsetWidth;
  }

  get _anchoVisible() {
    return Math.max(1, this.rollo.clientWidth - this._anchoDeNombres);
  }

  _pedirCuadro() {
    if (!this._pedido) this._pedido = requestAnimationFrame(() => this._pintar());
  }

  _pintar() {
    cancelAnimationFrame(this._pedido);
    this._pedido = 0;
    const [ancho, alto] = [this.rollo.clientWidth, this.rollo.clientHeight];
    if (!ancho || !alto) return;
    const escala = globalThis.devicePixelRatio || 1;
    this._tinta ??= new Tinta(this.elemento, escala);
    const pincel = this._prepararLienzo(ancho, alto, escala);
    const { scrollLeft: x0, scrollTop: y0 } = this.rollo;
    const visible = this._anchoVisible;
    const ventana = { x0, y0, x1: x0 + visible, y1: y0 + alto, ancho: visible, alto };
    pincel.setTransform(escala, 0, 0, escala, (this._anchoDeNombres - x0) * escala, -y0 * escala);
    this.vista = this._vista(pincel, ventana);
    pintarCuadro(this.vista);
    this._nombres.poner(this._filas, this.vista.estado);
    this._palabras.poner(this.mundo, this.vista.flechas);
  }

  _prepararLienzo(ancho, alto, escala) {
    const { lienzo } = this;
    const [w, h] = [Math.round(ancho * escala), Math.round(alto * escala)];
    if (lienzo.width !== w || lienzo.height !== h) {
      Object.assign(lienzo, { width: w, height: h });
      lienzo.style.setProperty("width", `${ancho}px`);
      lienzo.style.setProperty("height", `${alto}px`);
    }
    return lienzo.getContext("2d");
  }

  _vista(pincel, ventana) {
    const { _eje: eje, _filas: filas, _tinta: tinta, _indice: indice, mundo, n } = this;
    const total = mundo.sucesos.length;
    // Dos de más a cada lado: de lo que empieza fuera también se ve algo.
    const nIzq = eje.enX(ventana.x0) - 2;
    const nDer = eje.enX(ventana.x1) + 2;
    const estado = mundo.estadoEn(n);
    return { pincel, tinta, eje, filas, indice, mundo, estado, n, total, ventana, nIzq, nDer };
  }

  _seguir() {
    const visible = this._anchoVisible;
    const x = this._eje.x(this.n);
    const [antes, despues] = ZONA_DEL_MOMENTO.map((parte) => parte * visible);
    const { scrollLeft } = this.rollo;
    if (x < scrollLeft + antes) this.rollo.scrollLeft = x - antes;
    else if (x > scrollLeft + despues) this.rollo.scrollLeft = x - despues;
  }

  _cambiarEscala(cambio) {
    const enLaVentana = this._eje.x(this.n) - this.rollo.scrollLeft;
    cambio();
    const { escala } = this._eje;
    this._eje.escala = Math.max(ESCALA_MINIMA, Math.min(escala, ESCALA_MAXIMA));
    this._escalaElegida = true;
    this._ponerAlDia();
    this.rollo.scrollLeft = this._eje.x(this.n) - enLaVentana;
    this._mandos.poner();
    this._pintar();
  }

  _contarMomento() {
    const { lienzo, mundo, n } = this;
    const total = mundo.sucesos.length;
    const t = n < 0 ? 0 : mundo.sucesos[n].t;
    lienzo.setAttribute("aria-valuemin", "0");
    lienzo.setAttribute("aria-valuemax", String(total));
    lienzo.setAttribute("aria-valuenow", String(n + 1));
    const donde = `Suceso ${n + 1} de ${total}, a los ${duracionEnPalabras(t)}`;
    lienzo.setAttribute("aria-valuetext", `${donde}: ${frase(mundo, n)}`);
  }

  // --- Lo que hace quien la usa ---

  _elegir(n, flecha = null) {
    const cual = Math.max(-1, Math.min(n, this.mundo.sucesos.length - 1));
    this.seguir(true);
    this.poner(cual);
    this._alElegir(cual, flecha);
  }

  _punto(suceso) {
    const caja = this.lienzo.getBoundingClientRect();
    const { scrollLeft, scrollTop } = this.rollo;
    const x = suceso.clientX - caja.left - this._anchoDeNombres + scrollLeft;
    return [x, suceso.clientY - caja.top + scrollTop];
  }

  _alPulsar(suceso) {
    // Con el dedo se desplaza: se elige al levantarlo sin haberlo movido, que es «click».
    const conElDedo = suceso.pointerType !== "mouse";
    if (suceso.button !== 0 || !this.vista || conElDedo !== (suceso.type === "click")) return;
    const { n, flecha } = loQueHayEn(this.vista, ...this._punto(suceso));
    this._elegir(n, flecha);
  }

  _alSenalar(suceso) {
    if (!this.vista || !this.mundo.sucesos.length) return;
    const [x, y] = this._punto(suceso);
    const arrastra = suceso.buttons === 1;
    if (arrastra) this._elegir(this._eje.cercaDe(x));
    this._globo.hidden = arrastra;
    if (!arrastra) this._contarEn(suceso, frase(this.mundo, loQueHayEn(this.vista, x, y).n));
  }

  /** Un globo al lado del puntero, hacia donde haya sitio. */
  _contarEn({ clientX, clientY }, texto) {
    const { left, top, width, height } = this.rollo.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top];
    this._globo.textContent = texto;
    this._globo.classList.toggle("linea-globo-izquierda", x > width / 2);
    this._globo.classList.toggle("linea-globo-arriba", y > height / 2);
    this._globo.style.setProperty("left", `${x}px`);
    this._globo.style.setProperty("top", `${y}px`);
  }

  _alRodar(suceso) {
    if (suceso.ctrlKey) {
      suceso.preventDefault();
      this.aumentar(suceso.deltaY < 0 ? AUMENTO : 1 / AUMENTO);
    } else if (suceso.deltaX || suceso.shiftKey) {
      this.siguiendo = false;
      this._mandos.poner();
    }
  }

  _alTeclear(suceso) {
    const destino = destinoDeTecla(suceso, this.mundo, this.n);
    if (destino === undefined) return;
    suceso.preventDefault();
    suceso.stopPropagation();
    this._elegir(destino);
  }
}
