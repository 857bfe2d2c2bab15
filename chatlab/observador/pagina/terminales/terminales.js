// Las terminales de todos los programas, cada una en su panel: su nombre, en qué está y sus botones.
import { enBreve } from "../piezas/breve.js";
import { boton, crear } from "../piezas/dom.js";
import { coloresDeTerminal } from "../piezas/tema.js";
import { etiquetaDeFinal, etiquetasDe, hilosVivos } from "./hilos_a_la_vista.js";
import { TerminalDePrograma } from "./terminal.js";

// Lo que hace cada botón: la señal que manda y cuándo se puede.
const BOTONES = [
  ["SIGINT", "Ctrl+C", "Interrumpir, como con Ctrl+C en su terminal", ({ vivo }) => vivo],
  ["SIGSTOP", "Parar", "El sistema lo deja quieto: no hace nada más hasta «Seguir»", (uno) => uno.vivo && !uno.parado],
  ["SIGCONT", "Seguir", "Que siga donde estaba", (uno) => uno.vivo && uno.parado],
  ["SIGKILL", "Matar", "Terminarlo de golpe, sin que pueda despedirse", ({ vivo }) => vivo],
];

export class Terminales {
  // `ordenes` es null si es una película; si no, tiene teclear(p, texto), mandar(p, senal) y
  // medir(p, filas, columnas). `alElegir(p)` se llama al pulsar en una; `alSalir()`, al salir de todas.
  constructor(raiz, { ordenes, alElegir, alSalir }) {
    Object.assign(this, { raiz, ordenes, alElegir, alSalir });
    this.paneles = new Map();
    this.sinTerminal = new Map();
    this.senales = [];
    this.conTamano = false;
    this.elemento = crear("div", { class: "terminales" });
    this.observador = new ResizeObserver(() => this.ajustar());
    this.observador.observe(this.elemento);
  }

  // Un suceso de la película que les toca a ellas.
  anadir(suceso) {
    const { que, p } = suceso;
    if (que === "programa") {
      // Quien nace de otro (fork) escribe en la terminal de quien lo tuvo.
      if (suceso.padre && !suceso.terminal) this.sinTerminal.set(p, suceso);
      else this.abrir(suceso);
    } else if (que === "pantalla" || que === "tamano") {
      if (this.sinTerminal.has(p)) this.abrir(this.sinTerminal.get(p));
      this.paneles.get(p)?.terminal.anadir(suceso);
    }
  }

  abrir(programa) {
    const { p } = programa;
    if (this.paneles.has(p)) return;
    const terminal = new TerminalDePrograma(programa, {
      alTeclear: this.ordenes && programa.terminal ? (texto) => this.ordenes.teclear(p, texto) : null,
      alSalir: (hacia) => this.irDesde(p, hacia),
    });
    const nombre = enBreve(programa.nombre);
    const estado = crear("span", { class: "en-que-estan" });
    const botones = crear("span", { class: "botones" });
    const elemento = crear(
      "section",
      { class: `panel-terminal ${terminal.viva ? "viva" : ""}`, "aria-label": `Terminal de ${nombre}`, "data-p": p, click: () => this.alElegir(p) },
      crear(
        "header",
        {},
        // Al pulsarlo, se elige el programa: lo oye el panel entero.
        crear("button", { type: "button", class: "nombre", title: ordenDe(programa) }, nombre),
        estado,
        botones,
      ),
      terminal.elemento,
      terminal.viva ? crear("p", { class: "pista" }, "Para salir, Esc dos veces o Ctrl+Alt+↑") : "",
    );
    this.sinTerminal.delete(p);
    this.paneles.set(p, { terminal, elemento, estado, botones });
    this.elemento.append(elemento);
    this.elemento.style.setProperty("--cuantas", this.paneles.size);
    terminal.abrir(coloresDeTerminal(this.raiz));
    this.ajustar();
  }

  // Todas como estaban tras ese suceso. Con `nuevo`, lo que se escribe acaba de pasar.
  poner(n, estado, { nuevo = false } = {}) {
    for (const [p, panel] of this.paneles) {
      const programa = estado.programas[p];
      panel.elemento.classList.toggle("aun-no", !programa);
      panel.terminal.poner(n, { nuevo });
      this.ponerEstado(panel, programa);
      this.ponerBotones(p, panel, programa);
    }
  }

  // Las etiquetas se cambian solo si dicen otra cosa: con muchos programas, es lo que más cuesta.
  ponerEstado(panel, programa) {
    const dicho = loQueDicen(programa);
    if (panel.dicho === dicho) return;
    panel.dicho = dicho;
    panel.estado.replaceChildren(...etiquetas(programa));
  }

  // Los botones que el servidor dice que puede atender.
  permitir({ senales = [], pty = false }) {
    this.senales = senales;
    this.conTamano = pty;
    this.ajustar();
  }

  ponerBotones(p, { botones }, programa) {
    if (!this.ordenes) return;
    const caben = BOTONES.filter(([senal, , , cuando]) => this.senales.includes(senal) && programa && cuando(programa));
    const cuales = caben.map(([senal]) => senal).join();
    if (botones.dataset.cuales === cuales) return;
    botones.dataset.cuales = cuales;
    botones.replaceChildren(
      ...caben.map(([senal, texto, title]) =>
        boton(texto, () => this.ordenes.mandar(p, senal), { title, class: senal === "SIGKILL" ? "peligro" : "" }),
      ),
    );
  }

  // Da a cada terminal las filas que le caben; y, si es de verdad, también las columnas.
  ajustar() {
    for (const [p, { terminal }] of this.paneles) {
      const medida = terminal.medir();
      if (!medida) continue;
      if (!terminal.viva || !this.conTamano) terminal.ponerTamano(medida.filas);
      else if (terminal.ponerTamano(medida.filas, medida.columnas)) {
        terminal.pantalla.ensancharYa(medida.columnas);
        this.ordenes.medir(p, medida.filas, medida.columnas);
      }
    }
  }

  elegida(p) {
    for (const [otro, { elemento }] of this.paneles) elemento.classList.toggle("elegida", otro === p);
  }

  enfocar(p) {
    this.paneles.get(p)?.terminal.enfocar();
  }

  irDesde(p, hacia) {
    const todas = [...this.paneles.keys()];
    const destino = todas[(todas.indexOf(p) + hacia + todas.length) % todas.length];
    if (hacia === 0) this.alSalir();
    else this.enfocar(destino);
  }

  colorear() {
    for (const { terminal } of this.paneles.values()) terminal.colorear(coloresDeTerminal(this.raiz));
  }

  cerrar() {
    this.observador.disconnect();
    for (const { terminal } of this.paneles.values()) terminal.cerrar();
  }
}

function ordenDe({ orden }) {
  return Array.isArray(orden) ? enBreve(orden.join(" "), 200) : "";
}

// De qué depende lo que dicen las etiquetas de un programa, en un texto.
function loQueDicen(programa) {
  if (!programa) return "aún no";
  const hilos = hilosVivos(programa).map(({ h, estado, dueno }) => `${h} ${estado} ${dueno}`);
  return [programa.vivo, programa.parado, programa.codigo, ...hilos].join();
}

function etiquetas(programa) {
  if (!programa) return [crear("span", { class: "suave" }, "aún no ha empezado")];
  if (!programa.vivo) return [etiquetaDeFinal(programa)];
  return etiquetasDe(programa);
}
