// La conexión con el servidor que arranca los programas: llegan líneas de la película, y se le dan órdenes.

const REINTENTOS = 5;
const PRIMERA_ESPERA = 500; // milisegundos; cada vez, el doble

// La dirección del servidor, con la llave que trae la de la página.
export function conLlave(ruta, pagina = location) {
  const direccion = new URL(ruta, pagina.href);
  const llave = new URLSearchParams(pagina.search).get("llave");
  direccion.hash = "";
  direccion.search = llave === null ? "" : `?${new URLSearchParams({ llave })}`;
  return direccion;
}

export class Directo {
  // `alOir` tiene una función por cada cosa que se puede saber: lineas, puede, aviso, fin, corte y vuelta.
  constructor(ruta, alOir) {
    this.direccion = conLlave(ruta);
    this.direccion.protocol = this.direccion.protocol === "https:" ? "wss:" : "ws:";
    this.alOir = alOir;
    this.recibidas = 0;
    this.intentos = 0;
    this.acabado = false;
    this.conectar();
  }

  get abierto() {
    return this.enchufe.readyState === WebSocket.OPEN;
  }

  conectar() {
    this.enchufe = new WebSocket(this.direccion);
    // Al volver a conectar, el servidor lo cuenta todo desde el principio: se salta lo que ya se sabe.
    this.porSaltar = this.recibidas;
    this.alDia = false;
    this.enchufe.addEventListener("open", () => this.alAbrir());
    this.enchufe.addEventListener("message", ({ data }) => this.alRecibir(JSON.parse(data)));
    this.enchufe.addEventListener("close", () => this.alCerrarse());
  }

  alAbrir() {
    if (this.intentos) this.alOir.vuelta();
    this.intentos = 0;
  }

  alRecibir(mensaje) {
    if (mensaje.lineas) this.alRecibirLineas(mensaje.lineas);
    if (mensaje.puede) this.alOir.puede(mensaje.puede, mensaje.falta ?? []);
    if (mensaje.aviso) this.alOir.aviso(String(mensaje.aviso));
    if (mensaje.fin) {
      this.acabado = true;
      this.alOir.fin();
    }
  }

  alRecibirLineas(lineas) {
    const nuevas = lineas.slice(this.porSaltar);
    this.porSaltar = Math.max(0, this.porSaltar - lineas.length);
    this.recibidas += nuevas.length;
    // Lo primero que cuenta ya había pasado.
    if (nuevas.length) this.alOir.lineas(nuevas, { yaPasaron: !this.alDia });
    this.alDia = true;
  }

  alCerrarse() {
    if (this.acabado) return;
    this.intentos += 1;
    const ultima = this.intentos > REINTENTOS;
    this.alOir.corte(ultima);
    if (!ultima) this.espera = setTimeout(() => this.conectar(), PRIMERA_ESPERA * 2 ** (this.intentos - 1));
  }

  // Da una orden; si no hay conexión, no hace nada y devuelve false.
  ordenar(orden, datos = {}) {
    if (!this.abierto) return false;
    this.enchufe.send(JSON.stringify({ orden, ...datos }));
    return true;
  }

  cerrar() {
    this.acabado = true;
    clearTimeout(this.espera);
    this.enchufe.close();
  }
}
