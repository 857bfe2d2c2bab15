// Monta la página de una película, y mueve a la vez todas sus partes.
import { crear } from "./dom.js";
import { ListaDeSucesos } from "./lista.js";
import { Mandos } from "./mandos.js";
import { PeliculaProvisional, fraseProvisional } from "./provisional.js";
import { Reloj } from "./reloj.js";
import { TerminalDePrograma } from "./terminal.js";

// Monta una película en un elemento de la página.
// opciones: { grabacion: texto, momento: segundos, tema: "claro" | "oscuro", direccion: bool }
export function montar(elemento, opciones = {}) {
  const reproductor = new Reproductor(elemento, opciones);
  if (opciones.grabacion) reproductor.anadir(opciones.grabacion);
  reproductor.ir(opciones.momento ?? 0);
  return reproductor;
}

export class Reproductor {
  constructor(elemento, { tema, directo }) {
    this.pelicula = new PeliculaProvisional();
    const { sucesos } = this.pelicula;
    this.terminales = new Map();
    this.reloj = new Reloj(sucesos, () => this.pintar());
    this.mandos = new Mandos(this.reloj, { directo: Boolean(directo) });
    this.lista = new ListaDeSucesos(sucesos, {
      decir: (n) => fraseProvisional(sucesos[n]),
      alElegir: (n) => this.reloj.poner(n),
    });
    this.sitio = crear("div", { class: "terminales" });
    this.raiz = crear(
      "div",
      { class: "chatlab-pelicula" },
      this.sitio,
      this.lista.elemento,
      this.mandos.elemento,
    );
    elemento.replaceChildren(this.raiz);
    this.ponerTema(tema ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "oscuro" : "claro"));
    this.antes = performance.now();
    this.cuadro = requestAnimationFrame((ahora) => this.latir(ahora));
  }

  anadir(texto) {
    const desde = this.pelicula.sucesos.length;
    this.pelicula.anadir(texto);
    for (const suceso of this.pelicula.sucesos.slice(desde)) {
      if (suceso.que === "programa") this.nuevaTerminal(suceso);
      if (suceso.que === "pantalla") this.terminales.get(suceso.p)?.anadir(suceso.n, suceso);
    }
    for (const terminal of this.terminales.values()) terminal.ajustar();
    this.reloj.haCrecido();
  }

  nuevaTerminal(programa) {
    const terminal = new TerminalDePrograma(programa);
    this.terminales.set(programa.p, terminal);
    this.sitio.append(terminal.elemento);
    terminal.abrir();
    terminal.colorear(this.coloresDeTerminal());
  }

  coloresDeTerminal() {
    const estilo = getComputedStyle(this.raiz);
    const color = (nombre) => estilo.getPropertyValue(nombre).trim();
    return { background: color("--papel"), foreground: color("--texto"), cursor: color("--texto") };
  }

  latir(ahora) {
    this.reloj.avanzar((ahora - this.antes) / 1000);
    this.antes = ahora;
    this.cuadro = requestAnimationFrame((otra) => this.latir(otra));
  }

  pintar() {
    for (const terminal of this.terminales.values()) terminal.poner(this.reloj.n);
    this.lista.poner(this.reloj.n);
    this.mandos.poner();
  }

  ir(t) {
    this.reloj.ponerTiempo(t);
  }

  ponerTema(tema) {
    this.raiz.dataset.tema = tema;
    for (const terminal of this.terminales.values()) terminal.colorear(this.coloresDeTerminal());
  }

  cerrar() {
    cancelAnimationFrame(this.cuadro);
    for (const terminal of this.terminales.values()) terminal.cerrar();
    this.raiz.remove();
  }
}
