// La lista de sucesos: lo mismo que la línea del tiempo, con palabras. Solo existen las filas que se ven.
import { crear } from "./piezas/dom.js";

const ALTO = 28; // de una fila, en puntos
const DE_MAS = 8; // filas que se preparan por encima y por debajo de lo que se ve

let listas = 0;

export class ListaDeSucesos {
  // `decir(n)` da la frase de un suceso; `alElegir(n)` se llama al ir a uno.
  constructor(sucesos, { decir, alElegir }) {
    this.sucesos = sucesos;
    this.decir = decir;
    this.alElegir = alElegir;
    this.n = -1;
    this.id = `sucesos-${(listas += 1)}`;
    this.filas = crear("div", { class: "filas", role: "presentation" });
    this.elemento = crear(
      "div",
      {
        class: "lista-de-sucesos",
        role: "listbox",
        tabindex: "0",
        "aria-label": "Sucesos, en orden",
        scroll: () => this.pintar(),
        keydown: (evento) => this.alTeclear(evento),
      },
      this.filas,
    );
  }

  poner(n) {
    this.n = n;
    this.filas.style.height = `${this.sucesos.length * ALTO}px`;
    const alto = this.elemento.clientHeight;
    const arriba = n * ALTO;
    const visto = this.elemento.scrollTop;
    if (arriba < visto || arriba + ALTO > visto + alto) {
      this.elemento.scrollTop = Math.max(0, arriba - alto / 2);
    }
    this.pintar();
  }

  pintar() {
    const alto = this.elemento.clientHeight;
    if (!alto) return;
    const desde = Math.max(0, Math.floor(this.elemento.scrollTop / ALTO) - DE_MAS);
    const hasta = Math.min(this.sucesos.length, desde + Math.ceil(alto / ALTO) + 2 * DE_MAS);
    const filas = [];
    for (let n = desde; n < hasta; n += 1) filas.push(this.fila(n));
    this.filas.replaceChildren(...filas);
    if (this.n >= desde && this.n < hasta) {
      this.elemento.setAttribute("aria-activedescendant", `${this.id}-${this.n}`);
    } else this.elemento.removeAttribute("aria-activedescendant");
  }

  fila(n) {
    const suceso = this.sucesos[n];
    const fila = crear(
      "div",
      {
        id: `${this.id}-${n}`,
        class: `fila ${n > this.n ? "futura" : ""}`,
        role: "option",
        "aria-selected": String(n === this.n),
        "aria-posinset": n + 1,
        "aria-setsize": this.sucesos.length,
        "data-p": suceso.p,
        click: () => this.alElegir(n),
      },
      crear("time", {}, suceso.t.toFixed(3).replace(".", ",")),
      crear("span", { class: "frase-corta" }, this.decir(n)),
    );
    fila.style.top = `${n * ALTO}px`;
    return fila;
  }

  alTeclear(evento) {
    if (evento.altKey || evento.ctrlKey || evento.metaKey) return;
    const pagina = Math.max(1, Math.floor(this.elemento.clientHeight / ALTO) - 1);
    const pasos = { ArrowUp: -1, ArrowDown: 1, PageUp: -pagina, PageDown: pagina };
    const paso = pasos[evento.key];
    if (paso === undefined) return;
    evento.preventDefault();
    this.alElegir(Math.max(0, Math.min(this.n + paso, this.sucesos.length - 1)));
  }
}
