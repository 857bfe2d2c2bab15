// La terminal de un programa: la que se ve, con lo que le pasa encima y sus botones debajo.
import { Terminal } from "./xterm/xterm.mjs";
import { crear, ponerTexto } from "./dom.js";
import { Pantalla, SCROLLBACK } from "./pantalla.js";

const LETRA = '"Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
const TAMANO_DE_LETRA = 13;
const MENOR_LETRA = 11;

export class TerminalDePrograma {
  // `alTeclear(texto)` se llama con lo que se teclea, si la película es en directo.
  constructor(programa, { alTeclear = null } = {}) {
    this.programa = programa;
    this.pantalla = new Pantalla();
    this.escritos = 0;
    this.repasando = 0; // mientras se repite lo de antes, lo que conteste la terminal no se envía
    this.columnas = programa.columnas ?? 80;
    this.xterm = new Terminal({
      cols: this.columnas,
      rows: 10,
      convertEol: programa.terminal !== "pty",
      cursorBlink: false,
      cursorInactiveStyle: "outline",
      disableStdin: !alTeclear,
      fontFamily: LETRA,
      fontSize: TAMANO_DE_LETRA,
      linkHandler: { activate() {} }, // ningún programa abre páginas
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK,
    });
    if (alTeclear) this.xterm.onData((texto) => this.repasando === 0 && alTeclear(texto));
    this.nombre = crear("strong", {}, programa.nombre);
    this.estado = crear("span", { class: "estado" });
    this.botones = crear("div", { class: "botones" });
    this.hueco = crear("div", { class: "hueco-de-terminal" });
    this.elemento = crear(
      "section",
      { class: "panel-terminal", "aria-label": `Terminal de ${programa.nombre}`, "data-p": programa.p },
      crear("header", {}, this.nombre, this.estado, this.botones),
      this.hueco,
    );
  }

  // Cuando ya está en la página: la terminal mide las letras al abrirse.
  abrir() {
    this.xterm.open(this.hueco);
    const texto = this.xterm.textarea;
    if (texto) texto.setAttribute("aria-label", `Teclado de ${this.programa.nombre}`);
  }

  anadir(n, linea) {
    this.pantalla.anadir(n, linea);
  }

  // La deja como estaba tras ese suceso.
  poner(n, { repasar = true } = {}) {
    const meta = this.pantalla.cuantosEn(n);
    if (meta === this.escritos) return;
    const { borrar, texto } = this.pantalla.paraLlegar(this.escritos, meta);
    if (borrar) this.xterm.reset();
    this.escritos = meta;
    if (!texto) return;
    if (repasar) this.repasando += 1;
    this.xterm.write(texto, () => {
      if (repasar) this.repasando -= 1;
    });
  }

  // Ajusta las líneas y la letra al sitio que hay.
  ajustar() {
    const ancho = this.hueco.clientWidth;
    const alto = this.hueco.clientHeight;
    if (!ancho || !alto) return;
    const quepa = Math.floor((ancho - 14) / this.columnas / 0.602);
    this.xterm.options.fontSize = Math.max(MENOR_LETRA, Math.min(TAMANO_DE_LETRA, quepa));
    const linea = this.altoDeLinea();
    const filas = Math.max(3, Math.floor((alto - 8) / linea));
    if (filas !== this.xterm.rows) this.xterm.resize(this.columnas, filas);
  }

  altoDeLinea() {
    const filas = this.hueco.querySelector(".xterm-rows");
    const alto = filas ? filas.getBoundingClientRect().height / this.xterm.rows : 0;
    return alto || this.xterm.options.fontSize * 1.2;
  }

  decir(palabras) {
    ponerTexto(this.estado, palabras);
  }

  colorear(tema) {
    this.xterm.options.theme = tema;
  }

  // Todo lo que se ve y lo que ha subido, sin las líneas vacías del final.
  texto() {
    const buffer = this.xterm.buffer.active;
    const lineas = [];
    for (let i = 0; i < buffer.length; i += 1) {
      const linea = buffer.getLine(i);
      const texto = linea.translateToString(true);
      if (linea.isWrapped && lineas.length) lineas[lineas.length - 1] += texto;
      else lineas.push(texto);
    }
    return lineas.join("\n").trimEnd();
  }

  cerrar() {
    this.xterm.dispose();
  }
}
