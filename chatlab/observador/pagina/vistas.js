// Las partes de la página. Donde no caben a la vez, se elige cuál se ve con unas pestañas.
import { crear } from "./piezas/dom.js";

// Anchos, en puntos, desde los que las terminales y la línea están siempre a la vista.
const ANCHA = 900;
const NOMBRES = { terminales: "Terminales", linea: "Línea", codigo: "Código", sucesos: "Sucesos" };

let juegos = 0;

export class Vistas {
  // `partes` es { terminales, linea, codigo, sucesos }, cada una un elemento. `alCambiar()` se llama
  // cuando se ve otra.
  constructor(raiz, partes, alCambiar) {
    Object.assign(this, { raiz, alCambiar });
    const id = `vistas-${(juegos += 1)}`;
    this.pestanas = Object.keys(partes).map((clave) =>
      crear(
        "button",
        {
          type: "button",
          role: "tab",
          id: `${id}-${clave}`,
          "aria-controls": `${id}-de-${clave}`,
          "data-vista": clave,
          click: () => this.elegir(clave),
          keydown: (evento) => this.alTeclear(evento),
        },
        NOMBRES[clave],
      ),
    );
    this.lista = crear("div", { class: "pestanas", role: "tablist", "aria-label": "Qué se ve" }, ...this.pestanas);
    this.partes = Object.entries(partes).map(([clave, elemento]) =>
      crear(
        "div",
        { class: `vista vista-${clave}`, role: "tabpanel", id: `${id}-de-${clave}`, "aria-labelledby": `${id}-${clave}` },
        elemento,
      ),
    );
    this.elegir("codigo");
    this.observador = new ResizeObserver(() => this.medir());
    this.observador.observe(raiz);
  }

  elegir(cual) {
    this.cual = cual;
    this.raiz.dataset.vista = cual;
    for (const pestana of this.pestanas) {
      const esta = pestana.dataset.vista === cual;
      pestana.setAttribute("aria-selected", String(esta));
      pestana.tabIndex = esta ? 0 : -1;
    }
    this.alCambiar();
  }

  medir() {
    const ancha = this.raiz.clientWidth >= ANCHA;
    if (ancha === this.ancha) return;
    this.ancha = ancha;
    this.raiz.classList.toggle("estrecha", !ancha);
    if (ancha && (this.cual === "terminales" || this.cual === "linea")) this.elegir("codigo");
    else if (!ancha) this.elegir("terminales");
  }

  alTeclear(evento) {
    const paso = { ArrowRight: 1, ArrowLeft: -1 }[evento.key];
    if (!paso) return;
    evento.preventDefault();
    const caben = this.pestanas.filter((pestana) => pestana.offsetParent);
    const ahora = caben.findIndex((pestana) => pestana.dataset.vista === this.cual);
    const destino = caben[(ahora + paso + caben.length) % caben.length];
    this.elegir(destino.dataset.vista);
    destino.focus();
  }

  cerrar() {
    this.observador.disconnect();
  }
}
