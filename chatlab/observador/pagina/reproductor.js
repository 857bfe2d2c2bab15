// Monta la página de una película, y mueve a la vez todas sus partes.
import { Cabecera } from "./cabecera.js";
import { Fuente } from "./codigo/fuente.js";
import { EnDirecto } from "./directo/en_directo.js";
import { Linea } from "./linea/linea.js";
import { ListaDeSucesos } from "./lista.js";
import { frase } from "./modelo/frases.js";
import { Grabacion, GrabacionIlegible } from "./modelo/grabacion.js";
import { Mundo } from "./modelo/mundo.js";
import { enBreve } from "./piezas/breve.js";
import { crear, ponerTexto } from "./piezas/dom.js";
import { descargar, nombreDeArchivo } from "./piezas/guardar.js";
import { temaDelSistema } from "./piezas/tema.js";
import { Terminales } from "./terminales/terminales.js";
import { Ayuda } from "./tiempo/ayuda.js";
import { Capitulos } from "./tiempo/capitulos.js";
import { Direccion, momentoDe } from "./tiempo/direccion.js";
import { Mandos } from "./tiempo/mandos.js";
import { Reloj } from "./tiempo/reloj.js";
import { esDelElemento, ordenDeTecla } from "./tiempo/teclas.js";
import { Vistas } from "./vistas.js";

// Monta una película en un elemento de la página, que ha de tener alto. Las opciones:
//   grabacion  el texto de una película; o directo, la dirección de quien la está grabando
//   momento    los segundos en los que se abre
//   tema       «claro» u «oscuro»; sin él, el del sistema
//   direccion  si el momento va en la dirección de la página
export function montar(elemento, opciones = {}) {
  return new Reproductor(elemento, opciones);
}

export class Reproductor {
  constructor(elemento, { grabacion, directo, momento = 0, tema, direccion = false }) {
    this.texto = []; // las líneas de la película, para guardarla
    this.pelicula = new Grabacion();
    this.mundo = new Mundo(this.pelicula);
    this.vistos = 0;
    this.reloj = new Reloj(this.pelicula.sucesos, () => this.pedirPintado());
    this.raiz = crear("div", { class: "chatlab-pelicula", tabindex: "-1" });
    this.raiz.dataset.tema = tema ?? temaDelSistema();
    elemento.replaceChildren(this.raiz);
    this.crearPartes(directo);
    this.ponerPartes();
    if (!tema) this.seguirAlSistema();
    this.direccion = direccion ? new Direccion((t) => this.ir(t)) : null;
    // Si la página entera es suya, sus teclas valen en toda ella.
    this.oidor = (evento) => this.alTeclear(evento);
    this.donde = direccion ? document : this.raiz;
    this.donde.addEventListener("keydown", this.oidor);
    this.cuadro = 0;
    if (grabacion !== undefined) this.abrirGrabacion(grabacion, momento);
    if (directo) this.vivo.conectar(directo);
  }

  crearPartes(directo) {
    const { mundo, reloj, pelicula } = this;
    const alIr = (n) => reloj.poner(n);
    const alElegir = (p) => this.terminales.elegida(p);
    this.vivo = directo ? new EnDirecto(this) : null;
    this.ayuda = new Ayuda();
    this.cabecera = new Cabecera({
      otro: () => this.vivo?.otroCliente(),
      guardar: () => this.guardar(),
      exportar: directo ? () => this.vivo.exportar() : null,
      tema: () => this.ponerTema(this.raiz.dataset.tema === "claro" ? "oscuro" : "claro"),
      ayuda: () => this.ayuda.alternar(),
    });
    this.terminales = new Terminales(this.raiz, {
      ordenes: this.vivo,
      alElegir: (p) => this.fuente.elegir(p),
      alSalir: () => this.mandos.enfocar(),
    });
    this.fuente = new Fuente({ pelicula, mundo, alElegir, alIr, siguiendo: !directo });
    this.lista = new ListaDeSucesos(pelicula.sucesos, { decir: (n) => frase(mundo, n), alElegir: alIr });
    this.capitulos = new Capitulos(pelicula.sucesos, alIr);
    this.mandos = new Mandos(reloj, { directo: Boolean(directo) });
    this.contado = -1;
    this.frase = crear("p", { class: "frase", "aria-live": "polite" });
    this.sitioDeLinea = crear("div", { class: "sitio-de-linea" });
    this.vistas = new Vistas(
      this.raiz,
      {
        terminales: this.terminales.elemento,
        linea: this.sitioDeLinea,
        codigo: this.fuente.elemento,
        sucesos: this.lista.elemento,
      },
      () => this.pedirPintado(),
    );
  }

  ponerPartes() {
    this.raiz.append(
      this.cabecera.elemento,
      this.cabecera.avisos,
      this.vistas.lista,
      ...this.vistas.partes,
      crear("div", { class: "pie" }, this.capitulos.elemento, this.frase, this.mandos.elemento),
      this.ayuda.elemento,
    );
    this.linea = new Linea(this.sitioDeLinea, this.mundo, { alElegir: (n) => this.reloj.poner(n) });
  }

  abrirGrabacion(texto, momento) {
    try {
      this.anadir(texto.endsWith("\n") ? texto : texto.slice(0, texto.lastIndexOf("\n") + 1));
    } catch (error) {
      if (!(error instanceof GrabacionIlegible)) throw error;
      this.cabecera.avisar(error.message);
    }
    this.cabecera.situar(this.pelicula.completa ? "Grabación" : "Grabación sin acabar", "grabacion");
    this.irAlMomentoPedido(momento);
  }

  // Va al momento que dice la dirección de la página o, si no lo dice, a ese.
  irAlMomentoPedido(momento = 0) {
    const pedido = this.direccion && momentoDe(location.hash);
    this.ir(pedido ?? momento);
  }

  // Añade líneas de la película, cada una con su final.
  anadir(texto) {
    this.texto.push(texto);
    this.pelicula.anadir(texto);
    const { sucesos, cabecera } = this.pelicula;
    for (; this.vistos < sucesos.length; this.vistos += 1) this.terminales.anadir(sucesos[this.vistos]);
    this.cabecera.titular(enBreve(cabecera?.titulo || "Película", 120));
    this.reloj.haCrecido();
  }

  // Va al momento de esos segundos.
  ir(t) {
    this.reloj.ponerTiempo(t);
  }

  // Un cuadro: pasa el rato que haya pasado, y se pinta. Si no corre, no hay más hasta que cambie algo.
  latir(ahora) {
    this.cuadro = 0;
    if (this.reloj.marchando) this.reloj.avanzar(Math.min(0.25, (ahora - (this.antes ?? ahora)) / 1000));
    this.antes = this.reloj.marchando ? ahora : null;
    if (this.porPintar) this.pintar();
    if (this.reloj.marchando) this.pedirCuadro();
  }

  pedirCuadro() {
    this.cuadro ||= requestAnimationFrame((ahora) => this.latir(ahora));
  }

  // Lo que falta por pintar ya pasó: lo que conteste una terminal al verlo no es para el programa.
  repasar() {
    this.repasando = true;
  }

  // Aunque cambien varias cosas, en cada cuadro se pinta una vez.
  pedirPintado() {
    this.porPintar = true;
    this.pedirCuadro();
  }

  pintar() {
    this.porPintar = false;
    const { n } = this.reloj;
    const estado = this.mundo.estadoEn(n);
    const nuevo = this.reloj.siguiendo && !this.repasando && n > this.pintado;
    this.terminales.poner(n, estado, { nuevo });
    this.repasando = false;
    this.fuente.poner(n, estado);
    this.capitulos.poner(n);
    this.mandos.poner();
    this.ponerLinea(n);
    // Mientras corre, un lector de pantalla no debe leerlas todas.
    this.frase.setAttribute("aria-live", this.reloj.marchando || this.reloj.siguiendo ? "off" : "polite");
    ponerTexto(this.frase, frase(this.mundo, this.reloj.siguiendo ? this.loUltimo(n) : n));
    // Lo que mide la página, al final: medirla entre dos cambios la hace calcular dos veces.
    if (this.vistas.cual === "sucesos") this.lista.poner(n);
    else this.fuente.mostrar();
    this.pintado = n;
    if (this.direccion && n >= 0 && !this.reloj.siguiendo) this.direccion.poner(this.reloj.t);
  }

  // En directo, lo último que ha pasado de verdad: ni un plazo que vence y se repite, ni un tamaño.
  loUltimo(n) {
    const { mundo } = this;
    let ultimo = n;
    while (ultimo > this.contado && (mundo.esRutina(ultimo) || mundo.sucesos[ultimo].que === "tamano"))
      ultimo -= 1;
    this.contado = ultimo;
    return ultimo;
  }

  ponerLinea(n) {
    const { ultimo } = this.reloj;
    this.linea.poner(n);
    if (this.enLaLinea !== ultimo) this.linea.redibujar(); // han llegado sucesos
    this.enLaLinea = ultimo;
  }

  alTeclear(evento) {
    if (evento.defaultPrevented || this.ayuda.elemento.open || esDelElemento(evento)) return;
    const orden = ordenDeTecla(evento);
    if (!orden) return;
    evento.preventDefault();
    this.obedecer(...orden);
  }

  obedecer(orden, cuanto) {
    const { reloj, pelicula } = this;
    if (orden === "alternar") reloj.alternar();
    if (orden === "paso") reloj.paso(cuanto);
    if (orden === "salto") reloj.salto(cuanto);
    if (orden === "principio") reloj.poner(-1);
    if (orden === "final") reloj.poner(reloj.ultimo);
    if (orden === "velocidad") this.mandos.cambiarVelocidad(cuanto);
    if (orden === "directo" && this.vivo) reloj.poner(reloj.ultimo, { siguiendo: true });
    if (orden === "terminal") this.terminales.enfocar(this.fuente.p);
    if (orden === "ayuda") this.ayuda.alternar();
    if (orden === "programa" && cuanto <= pelicula.programas.length) {
      this.fuente.elegir(pelicula.programas[cuanto - 1].p);
    }
  }

  guardar() {
    const nombre = `${nombreDeArchivo(this.pelicula.cabecera?.titulo ?? "")}.chatlab`;
    descargar({ texto: this.texto.join(""), nombre });
  }

  ponerTema(tema) {
    this.raiz.dataset.tema = tema;
    this.terminales.colorear();
    this.linea.redibujar();
  }

  seguirAlSistema() {
    this.sistema = matchMedia("(prefers-color-scheme: dark)");
    this.alCambiarElSistema = () => this.ponerTema(temaDelSistema());
    this.sistema.addEventListener("change", this.alCambiarElSistema);
  }

  cerrar() {
    cancelAnimationFrame(this.cuadro);
    this.sistema?.removeEventListener("change", this.alCambiarElSistema);
    this.vivo?.cerrar();
    this.direccion?.cerrar();
    this.donde.removeEventListener("keydown", this.oidor);
    this.vistas.cerrar();
    this.terminales.cerrar();
    this.linea.cerrar?.();
    this.raiz.remove();
  }
}
