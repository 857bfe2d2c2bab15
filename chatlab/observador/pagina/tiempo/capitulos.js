// Los momentos que alguien ha marcado en la película: se va a cada uno con un botón.
import { enBreve } from "../piezas/breve.js";
import { boton, crear } from "../piezas/dom.js";

export class Capitulos {
  // `alIr(n)` se llama al elegir uno.
  constructor(sucesos, alIr) {
    this.sucesos = sucesos;
    this.alIr = alIr;
    this.marcas = [];
    this.vistos = 0;
    this.elemento = crear("nav", { class: "capitulos", "aria-label": "Momentos", hidden: "" });
  }

  ponerAlDia() {
    for (; this.vistos < this.sucesos.length; this.vistos += 1) {
      const suceso = this.sucesos[this.vistos];
      if (suceso.que !== "marca") continue;
      const { n } = suceso;
      const marca = boton(enBreve(suceso.texto, 80), () => this.alIr(n), { "data-n": n });
      this.marcas.push(marca);
      this.elemento.append(marca);
      this.elemento.hidden = false;
    }
  }

  // Señala el último por el que se ha pasado.
  poner(n) {
    this.ponerAlDia();
    const pasadas = this.marcas.filter((marca) => Number(marca.dataset.n) <= n);
    for (const marca of this.marcas) {
      if (marca === pasadas.at(-1)) marca.setAttribute("aria-current", "step");
      else marca.removeAttribute("aria-current");
    }
  }
}
