// Un archivo de código en la página, con sus líneas numeradas y lo que se señala en ellas.
import { aLaVista, acortar } from "../modelo/bytes.js";
import { enBreve } from "../piezas/breve.js";
import { crear } from "../piezas/dom.js";
import { colorear } from "./python.js";

const MAX_LINEAS = 4000;
const MAX_LETRAS = 400; // de una línea

// Lo que no se ve, a la vista; el tabulador, como los espacios que ocupa.
function comoSeLee(linea) {
  const corta = linea.slice(0, MAX_LETRAS + 1).replaceAll("\t", "    ");
  return acortar(corta.split("\\").map(aLaVista).join("\\"), MAX_LETRAS);
}

// Donde no cabe una línea, se parte detrás de un paréntesis, una coma o un punto.
function trozoDeCodigo([clase, texto]) {
  if (clase) return [crear("span", { class: clase }, texto)];
  return /[([{,.]$/.test(texto) ? [texto, crear("wbr")] : [texto];
}

export class Codigo {
  // `texto` es el de todo el archivo.
  constructor(ruta, texto) {
    const lineas = texto.split("\n");
    if (lineas.at(-1) === "") lineas.pop();
    this.lineas = lineas;
    let abierto = null;
    this.filas = lineas.slice(0, MAX_LINEAS).map((linea, i) => {
      const { trozos, abierto: queda } = colorear(comoSeLee(linea), abierto);
      abierto = queda;
      return crear("li", { value: i + 1 }, crear("code", {}, ...trozos.flatMap(trozoDeCodigo)));
    });
    this.elemento = crear(
      "ol",
      { class: "codigo", tabindex: "0", "aria-label": `Código de ${enBreve(ruta, 60)}` },
      ...this.filas,
    );
    this.senaladas = new Set();
  }

  // La línea de ese número, sin sus espacios; vacía si no está.
  linea(numero) {
    return comoSeLee((this.lineas[numero - 1] ?? "").trim());
  }

  // Señala unas líneas: [{ linea, p, ahora, marcas: [elemento] }], y deja de señalar las demás.
  senalar(cuales) {
    const donde = cuales.find(({ ahora }) => ahora) ?? cuales[0];
    this.porMostrar = donde?.linea ?? null;
    for (const fila of this.senaladas) {
      fila.className = "";
      fila.removeAttribute("aria-current");
      fila.querySelector(".marcas")?.remove();
    }
    this.senaladas.clear();
    for (const { linea, p, ahora, marcas } of cuales) {
      const fila = this.filas[linea - 1];
      if (!fila) continue;
      fila.className = ahora ? "senalada ahora" : "senalada";
      fila.dataset.p = p;
      if (ahora) fila.setAttribute("aria-current", "step");
      fila.append(crear("span", { class: "marcas" }, ...marcas));
      this.senaladas.add(fila);
    }
  }

  // Deja a la vista la línea señalada, en el medio si no se veía. Mide la página, y eso es caro: se hace
  // cuando ya nada va a cambiar en ella.
  mostrar() {
    const fila = this.filas[this.porMostrar - 1];
    const caja = this.elemento;
    if (!fila || this.mostrada === this.porMostrar || !caja.clientHeight) return;
    this.mostrada = this.porMostrar;
    const arriba = fila.offsetTop;
    const fuera = arriba < caja.scrollTop || arriba + fila.offsetHeight > caja.scrollTop + caja.clientHeight;
    if (fuera) caja.scrollTop = arriba - caja.clientHeight / 2;
  }
}
