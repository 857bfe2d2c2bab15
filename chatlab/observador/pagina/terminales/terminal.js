// La terminal de un programa: xterm, con el programa que la maneja encima.
import { enBreve } from "../piezas/breve.js";
import { crear } from "../piezas/dom.js";
import { LINEAS_GUARDADAS, Pantalla } from "./pantalla.js";
import { Terminal } from "./terminal_de_npm.js";

const LETRA = '"Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
const LETRA_GRANDE = 13; // puntos
const LETRA_PEQUENA = 12;
const ANCHO_DE_LETRA = 0.602; // de su alto, en las letras de terminal
const DOS_VECES = 600; // milisegundos entre los dos Esc
// Vacía la terminal (RIS, en ECMA-48). Se escribe, y no se llama a `reset`, para que vaya en su turno:
// lo que se acaba de escribir puede estar aún por mostrar.
const VACIAR = "\u001bc";
const MARGEN = 14; // lo que ocupan la barra y el borde, en puntos

export class TerminalDePrograma {
  // `alTeclear(texto)` recibe lo que se teclea, si se puede teclear; `alSalir(hacia)`, que se quiere
  // salir de ella: a la siguiente (1), a la anterior (-1) o a los mandos (0).
  constructor(programa, { alTeclear = null, alSalir }) {
    this.programa = programa;
    this.alSalir = alSalir;
    this.viva = alTeclear !== null;
    this.pantalla = new Pantalla(programa.columnas);
    this.escritos = 0;
    this.repasando = 0; // mientras se repite lo de antes, lo que conteste la terminal no se envía
    this.ultimoEsc = 0;
    this.xterm = new Terminal({
      cols: this.pantalla.columnasEn(-1),
      rows: 10,
      convertEol: programa.terminal !== "pty",
      cursorInactiveStyle: "outline",
      disableStdin: !this.viva,
      fontFamily: LETRA,
      fontSize: LETRA_GRANDE,
      linkHandler: { activate() {} }, // ningún programa abre páginas
      minimumContrastRatio: 4.5,
      scrollback: LINEAS_GUARDADAS,
    });
    if (this.viva) this.xterm.onData((texto) => this.repasando === 0 && alTeclear(texto));
    this.xterm.attachCustomKeyEventHandler((evento) => this.dejarPasar(evento));
    const deQuien = enBreve(programa.nombre);
    this.rotulo = `${this.viva ? "Teclado" : "Pantalla"} de ${deQuien}`;
    // Donde no se teclea, se llega a la pantalla entera: puede no caber, y hay que poder correrla.
    const alcanzable = this.viva ? {} : { tabindex: "0", role: "group", "aria-label": this.rotulo };
    this.elemento = crear("div", { class: "hueco-de-terminal", ...alcanzable });
  }

  // Cuando ya está en la página: la terminal mide las letras al abrirse.
  abrir(colores) {
    this.xterm.open(this.elemento);
    this.xterm.options.theme = colores;
    this.xterm.textarea?.setAttribute("aria-label", this.rotulo);
    if (!this.viva) this.xterm.textarea?.setAttribute("tabindex", "-1");
  }

  // Si la tecla es para la terminal. Las de una película son todas de la página.
  dejarPasar(evento) {
    if (!this.viva) return false;
    if (evento.type !== "keydown") return true;
    if (evento.ctrlKey && evento.altKey && evento.key.startsWith("Arrow")) {
      evento.preventDefault();
      this.alSalir({ ArrowRight: 1, ArrowLeft: -1 }[evento.key] ?? 0);
      return false;
    }
    if (evento.key !== "Escape") return true;
    const otraVez = evento.timeStamp - this.ultimoEsc < DOS_VECES;
    this.ultimoEsc = otraVez ? 0 : evento.timeStamp;
    if (otraVez) this.alSalir(0);
    return !otraVez;
  }

  anadir(suceso) {
    if (suceso.que === "pantalla") this.pantalla.anadir(suceso);
    else this.pantalla.ensanchar(suceso);
  }

  // La deja como estaba tras ese suceso. Con `nuevo`, lo que se escribe acaba de pasar.
  poner(n, { nuevo = false } = {}) {
    this.ponerColumnas(this.pantalla.columnasEn(n));
    const meta = this.pantalla.cuantosEn(n);
    if (meta === this.escritos) return;
    const { borrar, texto } = this.pantalla.paraLlegar(this.escritos, meta);
    this.escritos = meta;
    if (nuevo && !borrar) {
      this.xterm.write(texto);
      return;
    }
    this.repasando += 1;
    this.xterm.write((borrar ? VACIAR : "") + texto, () => (this.repasando -= 1));
  }

  ponerColumnas(columnas) {
    if (columnas !== this.xterm.cols) this.xterm.resize(columnas, this.xterm.rows);
  }

  // Las filas y las columnas que caben en su sitio; null si no se ve. También elige la letra.
  medir() {
    const { clientWidth, clientHeight } = this.elemento;
    if (!clientWidth || !clientHeight) return null;
    const ancho = clientWidth - MARGEN;
    const quepa = Math.floor(ancho / this.xterm.cols / ANCHO_DE_LETRA);
    const letra = this.viva ? LETRA_GRANDE : Math.max(LETRA_PEQUENA, Math.min(LETRA_GRANDE, quepa));
    if (this.xterm.options.fontSize !== letra) this.xterm.options.fontSize = letra;
    const { width, height } = this.celda(letra);
    return { filas: Math.max(2, Math.floor(clientHeight / height)), columnas: Math.floor(ancho / width) };
  }

  celda(letra) {
    const pintada = this.elemento.querySelector(".xterm-screen")?.getBoundingClientRect();
    if (!pintada?.width) return { width: letra * ANCHO_DE_LETRA, height: letra * 1.2 };
    return { width: pintada.width / this.xterm.cols, height: pintada.height / this.xterm.rows };
  }

  ponerTamano(filas, columnas = this.xterm.cols) {
    if (filas === this.xterm.rows && columnas === this.xterm.cols) return false;
    this.xterm.resize(columnas, filas);
    return true;
  }

  colorear(colores) {
    this.xterm.options.theme = colores;
  }

  enfocar() {
    this.xterm.focus();
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
