// La cabecera: el título, lo que se puede hacer con la película entera, y los avisos.
import { boton, crear, ponerTexto } from "./piezas/dom.js";

export class Cabecera {
  // `alPulsar` tiene una función por botón: otro, guardar, exportar, tema y ayuda. Sin ella, no hay botón.
  constructor(alPulsar) {
    this.titulo = crear("h1", {});
    this.situacion = crear("span", { class: "situacion" });
    this.otro = boton("+ otro cliente", () => alPulsar.otro(), { hidden: "", class: "principal" });
    this.exportar = boton("Exportar", () => alPulsar.exportar?.(), {
      title: "Guardarla en un solo archivo HTML, que se abre sin red",
      hidden: alPulsar.exportar ? null : "",
    });
    this.avisos = crear("div", { class: "avisos", role: "status" });
    this.elemento = crear(
      "header",
      { class: "cabecera" },
      this.titulo,
      this.situacion,
      crear(
        "div",
        { class: "botones" },
        this.otro,
        boton("Guardar", () => alPulsar.guardar(), { title: "Guardar la grabación (.chatlab)" }),
        this.exportar,
        boton("◐", () => alPulsar.tema(), { "aria-label": "Cambiar entre claro y oscuro", title: "Claro u oscuro" }),
        boton("?", () => alPulsar.ayuda(), { "aria-label": "Ayuda", title: "Qué se ve, y las teclas" }),
      ),
    );
  }

  titular(texto) {
    ponerTexto(this.titulo, texto);
  }

  // «En directo», «Grabación»… con su clase, para el color.
  situar(texto, clase) {
    ponerTexto(this.situacion, texto);
    this.situacion.dataset.clase = clase;
  }

  // Una frase que se queda a la vista hasta que se cierra; la misma no sale dos veces.
  avisar(texto, clave = texto) {
    const igual = [...this.avisos.children].find((uno) => uno.dataset.clave === clave);
    if (igual) {
      ponerTexto(igual.firstChild, texto);
      return;
    }
    const aviso = crear("p", { "data-clave": clave }, crear("span", {}, texto));
    aviso.append(boton("Cerrar", () => aviso.remove(), { "aria-label": "Cerrar el aviso" }));
    this.avisos.append(aviso);
  }

  callar(clave) {
    for (const uno of [...this.avisos.children]) if (uno.dataset.clave === clave) uno.remove();
  }
}
