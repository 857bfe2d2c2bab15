// Los programas están en marcha: lo que dice el servidor llega a la página, y lo que se pide en ella, a él.
import { descargar } from "../piezas/guardar.js";
import { Directo, conLlave } from "./directo.js";

const SE_HA_CORTADO = "corte";
const RECADO = /[^]{1,8000}/gu; // letras enteras: hasta 48 000 bytes, de los 65 536 que caben

export class EnDirecto {
  constructor(reproductor) {
    this.reproductor = reproductor;
  }

  conectar(ruta) {
    const { cabecera, reloj, terminales } = this.reproductor;
    reloj.siguiendo = true;
    cabecera.situar("Conectando…", "espera");
    this.directo = new Directo(ruta, {
      lineas: (lineas, { yaPasaron }) => {
        if (!this.guardada) cabecera.situar("En directo", "directo");
        if (yaPasaron) this.reproductor.repasar();
        this.reproductor.anadir(`${lineas.join("\n")}\n`);
        document.title = `${cabecera.titulo.textContent} · chatlab observar`;
      },
      puede: (puede, falta) => {
        this.guardada = Boolean(puede.guardada);
        terminales.permitir(puede);
        cabecera.otro.hidden = !puede.otro_cliente;
        for (const frase of falta) cabecera.avisar(String(frase));
        this.reproductor.pedirPintado();
      },
      aviso: (frase) => cabecera.avisar(frase),
      fin: () => (this.guardada ? this.empezarPorElPrincipio() : this.terminar("Ha terminado")),
      corte: (ultima) => this.cortado(ultima),
      vuelta: () => {
        cabecera.callar(SE_HA_CORTADO);
        cabecera.situar("En directo", "directo");
      },
    });
  }

  // No hay programas en marcha: es una película guardada, y ya ha llegado entera.
  empezarPorElPrincipio() {
    this.terminar("Grabación");
    this.reproductor.mandos.enDirecto.hidden = true;
    this.reproductor.irAlMomentoPedido();
  }

  terminar(situacion) {
    const { cabecera, terminales } = this.reproductor;
    cabecera.situar(situacion, "grabacion");
    cabecera.otro.hidden = true;
    terminales.permitir({});
    this.reproductor.pedirPintado();
  }

  cortado(ultima) {
    const { cabecera } = this.reproductor;
    cabecera.situar("Sin conexión", "falla");
    if (!ultima) {
      cabecera.avisar("Se ha perdido la conexión con chatlab observar. Vuelvo a llamar…", SE_HA_CORTADO);
      return;
    }
    this.terminar("Sin conexión");
    cabecera.exportar.hidden = true;
    cabecera.avisar(
      "chatlab observar ya no contesta. La película sigue aquí: puedes recorrerla y guardarla, " +
        "y exportarla después con chatlab observar --reproducir ARCHIVO --exportar pelicula.html.",
      SE_HA_CORTADO,
    );
  }

  // Quien teclea quiere ver lo que pasa ahora.
  teclear(p, texto) {
    const { reloj } = this.reproductor;
    if (!reloj.siguiendo) reloj.poner(reloj.ultimo, { siguiendo: true });
    // Un texto pegado puede no caber en un recado, y el servidor cortaría la conexión.
    for (const trozo of texto.match(RECADO) ?? []) this.directo.ordenar("tecla", { p, texto: trozo });
  }

  mandar(p, senal) {
    this.directo.ordenar("senal", { p, senal });
  }

  medir(p, filas, columnas) {
    this.directo.ordenar("tamano", { p, filas, columnas });
  }

  otroCliente() {
    this.directo.ordenar("otro_cliente");
  }

  exportar() {
    descargar({ direccion: conLlave("exportar").href, nombre: "pelicula.html" });
  }

  cerrar() {
    this.directo?.cerrar();
  }
}
