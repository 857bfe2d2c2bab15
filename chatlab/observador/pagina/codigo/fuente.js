// El panel del código: el archivo del programa elegido, y la línea por la que va cada uno de sus hilos.
import { enBreve } from "../piezas/breve.js";
import { boton, crear, ponerTexto } from "../piezas/dom.js";
import { etiquetaDeHilo, hilosVivos } from "../terminales/hilos_a_la_vista.js";
import { Codigo } from "./codigo.js";
import { DosLineas } from "./dos_lineas.js";

// «servidor.py:12» es { ruta: "servidor.py", linea: 12 }; null si no es un lugar.
export function leerLugar(lugar) {
  const hallado = /^(.+):(\d+)$/.exec(lugar ?? "");
  return hallado ? { ruta: hallado[1], linea: Number(hallado[2]) } : null;
}

export class Fuente {
  // `alElegir(p)` se llama al elegir un programa; `alIr(n)`, al ir a un suceso.
  constructor({ pelicula, mundo, alElegir, alIr, siguiendo }) {
    this.pelicula = pelicula;
    this.mundo = mundo;
    this.codigos = new Map();
    this.p = null;
    this.ruta = null;
    this.siguiendo = siguiendo;
    this.programas = crear("div", { class: "elegir", role: "group", "aria-label": "Programa" });
    this.alElegir = alElegir;
    this.seguir = crear("input", {
      type: "checkbox",
      checked: siguiendo && "",
      change: () => this.seguirOno(this.seguir.checked),
    });
    this.archivos = crear("select", {
      "aria-label": "Archivo",
      change: () => this.ponerArchivo(this.archivos.value),
    });
    this.caja = crear("div", { class: "caja-de-codigo" });
    this.dosLineas = new DosLineas({ mundo, buscar: (lugar) => this.textoDe(lugar), alIr });
    this.elemento = crear(
      "section",
      { class: "fuente", "aria-label": "Código" },
      crear(
        "header",
        {},
        this.programas,
        this.archivos,
        crear("label", { class: "seguir" }, this.seguir, " Seguir a quien actúa"),
      ),
      this.caja,
      this.dosLineas.elemento,
    );
  }

  seguirOno(si) {
    this.siguiendo = si;
    this.seguir.checked = si;
    if (si) this.poner(this.n, this.estado);
  }

  // Elige un programa a mano: se deja de seguir a quien actúa.
  elegir(p) {
    this.seguirOno(false);
    this.cambiarA(p);
    this.poner(this.n, this.estado);
    this.mostrar();
  }

  cambiarA(p) {
    if (p === this.p) return;
    this.p = p;
    this.ruta = this.rutaDe(p) ?? this.ruta;
    this.alElegir(p);
  }

  // El archivo de un programa: el suyo o, si ninguno de sus hilos está en él, otro en el que haya alguno.
  rutaDe(p) {
    const suyo = this.pelicula.programas.find((uno) => uno.p === p)?.archivo;
    const vivos = hilosVivos(this.estado?.programas[p]);
    const rutas = vivos.map((hilo) => this.conocida(hilo.lugar)).filter((ruta) => ruta !== null);
    return rutas.includes(suyo) ? suyo : (rutas[0] ?? suyo);
  }

  // Un botón por programa, y una opción por archivo, de los que se conocen ya.
  ponerAlDia() {
    const { programas, archivos } = this.pelicula;
    if (this.programas.childElementCount !== programas.length) {
      this.programas.replaceChildren(
        ...programas.map(({ p, nombre }) => boton(enBreve(nombre), () => this.elegir(p), { "data-p": p })),
      );
    }
    const rutas = Object.keys(archivos);
    if (this.archivos.childElementCount !== rutas.length) {
      this.archivos.replaceChildren(...rutas.map((ruta) => crear("option", { value: ruta }, enBreve(ruta, 60))));
    }
    if (this.p === null && programas.length) this.cambiarA(programas[0].p);
  }

  // Todo como estaba tras ese suceso.
  poner(n, estado) {
    this.n = n;
    this.estado = estado;
    this.ponerAlDia();
    const suceso = this.mundo.sucesos[n];
    if (this.siguiendo && suceso?.p !== undefined) this.cambiarA(suceso.p);
    for (const uno of this.programas.children) {
      const pulsado = String(Number(uno.dataset.p) === this.p);
      if (uno.getAttribute("aria-pressed") !== pulsado) uno.setAttribute("aria-pressed", pulsado);
    }
    if (suceso?.p === this.p) this.ruta = this.conocida(suceso.lugar) ?? this.ruta;
    this.pintarCodigo(suceso);
    this.dosLineas.poner(n);
  }

  ponerArchivo(ruta) {
    this.seguirOno(false);
    this.ruta = ruta;
    this.pintarCodigo(this.mundo.sucesos[this.n]);
    this.mostrar();
  }

  pintarCodigo(suceso) {
    const codigo = this.codigoDe(this.ruta);
    if (!codigo) {
      ponerTexto(this.caja, "De este programa no se guardó el código.");
      return;
    }
    if (this.archivos.value !== this.ruta) this.archivos.value = this.ruta;
    if (this.caja.firstChild !== codigo.elemento) {
      this.caja.replaceChildren(codigo.elemento);
      codigo.mostrada = null; // al ponerlo, vuelve a verse desde su principio
    }
    codigo.senalar(this.senaladas(suceso));
  }

  // Lleva el código hasta la línea señalada: lo último, cuando ya está todo pintado.
  mostrar() {
    this.codigoDe(this.ruta)?.mostrar();
  }

  // Las líneas de este archivo por las que van los hilos del programa elegido.
  senaladas(suceso) {
    const programa = this.estado.programas[this.p];
    const porLinea = new Map();
    const vivos = hilosVivos(programa);
    for (const hilo of vivos) {
      const lugar = leerLugar(hilo.lugar);
      if (lugar?.ruta !== this.ruta) continue;
      const una = porLinea.get(lugar.linea) ?? { linea: lugar.linea, p: this.p, ahora: false, marcas: [] };
      una.marcas.push(etiquetaDeHilo(hilo, programa, vivos.length > 1));
      una.ahora ||= suceso?.p === this.p && (suceso.h ?? 1) === hilo.h && suceso.lugar === hilo.lugar;
      porLinea.set(lugar.linea, una);
    }
    return [...porLinea.values()];
  }

  codigoDe(ruta) {
    const texto = this.pelicula.archivos[ruta];
    if (texto === undefined) return null;
    if (!this.codigos.has(ruta)) this.codigos.set(ruta, new Codigo(ruta, texto));
    return this.codigos.get(ruta);
  }

  conocida(lugar) {
    const ruta = leerLugar(lugar)?.ruta;
    return ruta !== undefined && this.pelicula.archivos[ruta] !== undefined ? ruta : null;
  }

  textoDe(lugar) {
    const leido = leerLugar(lugar);
    return (leido && this.codigoDe(leido.ruta)?.linea(leido.linea)) || "(no se guardó esta línea)";
  }
}
