// Las dos líneas de una flecha, una al lado de otra: la que envió los bytes y la que los leyó.
import { citar } from "../modelo/bytes.js";
import { enBreve } from "../piezas/breve.js";
import { crear } from "../piezas/dom.js";

const MAX_LINEAS_POR_LADO = 3;

// Los envíos y las lecturas que se juntan en ese suceso; null si no es de enviar ni de leer.
export function losDosLados(mundo, n) {
  const suceso = mundo.sucesos[n];
  if (suceso?.que === "send") {
    const flecha = mundo.flechaDe(n);
    return flecha && { envios: [n], lecturas: flecha.lecturas.filter((una) => una >= 0), ...marcasDe(flecha) };
  }
  if (suceso?.que === "recv") {
    const lectura = mundo.lecturaDe(n);
    return lectura && lectura.cuantos > 0
      ? { envios: lectura.envios, lecturas: [n], ...marcasDe(lectura) }
      : null;
  }
  return null;
}

function marcasDe({ pegados = false, cortado = false, letra_cortada: letra = false }) {
  return { pegados, cortado, letra };
}

export class DosLineas {
  // `buscar(lugar)` da el texto de una línea; `alIr(n)` se llama al pulsar un lado.
  constructor({ mundo, buscar, alIr }) {
    Object.assign(this, { mundo, buscar, alIr });
    this.elemento = crear("div", { class: "dos-lineas", role: "group", "aria-label": "La flecha" });
  }

  poner(n) {
    const lados = losDosLados(this.mundo, n);
    this.elemento.classList.toggle("vacia", !lados);
    if (!lados) {
      this.elemento.replaceChildren(
        crear("p", { class: "suave" }, "En cada envío y en cada lectura se ven aquí las dos líneas."),
      );
      return;
    }
    const lecturas = lados.lecturas.length
      ? this.lado("lee", lados.lecturas, n)
      : crear("div", { class: "lado" }, crear("p", {}, "Nadie lo ha leído aún."));
    this.elemento.replaceChildren(
      this.lado("envía", lados.envios, n),
      crear("span", { class: "entre", "aria-hidden": "true" }, "→"),
      lecturas,
    );
  }

  lado(verbo, cuales, ahora) {
    const vistas = cuales.slice(0, MAX_LINEAS_POR_LADO);
    const demas = cuales.length - vistas.length;
    return crear(
      "div",
      { class: "lado" },
      ...vistas.map((n) => this.renglon(verbo, n, n === ahora)),
      ...(demas ? [crear("p", { class: "suave" }, `y ${demas} más`)] : []),
    );
  }

  renglon(verbo, n, esAhora) {
    const suceso = this.mundo.sucesos[n];
    const quien = enBreve(this.mundo.programas[suceso.p]?.nombre ?? `programa ${suceso.p}`);
    const datos = suceso.datos ? citar(suceso.datos, suceso.cuantos, 30) : "";
    return crear(
      "button",
      { type: "button", "data-p": suceso.p, "aria-current": esAhora && "step", click: () => this.alIr(n) },
      crear("strong", {}, `${quien} ${verbo} ${suceso.cuantos} B ${datos}`),
      crear("code", {}, this.buscar(suceso.lugar)),
      crear("small", {}, enBreve(suceso.lugar ?? "sin línea apuntada", 60)),
    );
  }
}
