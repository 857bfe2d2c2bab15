// El juguete de recv: un texto cortado en trozos, el sistema que los guarda y el programa que los pide.
(() => {
  const { crear, boton, control, lista, caja, programa, pregonero, montar } = window.juguetes;
  const { aBytes, aHexadecimal, repr, decodificar, letras, visible, contar } = window.juguetes;

  const CON_PRISA = "prisa";
  const POR_LINEAS = "lineas";

  // Los dos programas. Las pruebas ejecutan este mismo texto con Python y sockets de verdad.
  const codigo = (cual, pide) =>
    cual === CON_PRISA
      ? [
          "while True:",
          `    datos = conexion.recv(${pide})`,
          "    if not datos:",
          "        break",
          "    print(datos.decode())",
        ]
      : [
          'buffer = b""',
          "while True:",
          `    datos = conexion.recv(${pide})`,
          "    if not datos:",
          "        break",
          "    buffer += datos",
          '    while b"\\n" in buffer:',
          '        linea, buffer = buffer.split(b"\\n", 1)',
          "        print(linea.decode())",
        ];

  // --- El modelo ---

  class Recepcion {
    // `cortes` son los bytes delante de los que se corta; `pide`, los que pide cada recv, como mucho.
    constructor(texto, cortes, pide, cual) {
      const bytes = aBytes(texto);
      const bordes = [0, ...[...cortes].sort((a, b) => a - b), bytes.length];
      this.camino = bordes
        .slice(1)
        .map((hasta, i) => bytes.slice(bordes[i], hasta))
        .filter((trozo) => trozo.length);
      Object.assign(this, { pide, cual, sistema: [], buffer: [], devuelto: null, pantalla: [] });
      Object.assign(this, { cerrado: false, esperando: false, acabado: false, error: "" });
    }

    // Llega el trozo siguiente o, si no quedan, la noticia de que el otro ha cerrado.
    llega() {
      if (this.camino.length) this.sistema.push(...this.camino.shift());
      else this.cerrado = true;
      if (this.esperando) this._recibe();
    }

    // Al programa le toca: llega a su recv. Si no hay nada que darle, espera.
    sigue() {
      if (this.acabado || this.esperando) return;
      if (this.sistema.length || this.cerrado) this._recibe();
      else this.esperando = true;
    }

    _recibe() {
      this.esperando = false;
      this.devuelto = this.sistema.splice(0, this.pide);
      if (!this.devuelto.length) this.acabado = true;
      else if (this.cual === CON_PRISA) this._muestra(this.devuelto);
      else this._junta();
    }

    _junta() {
      this.buffer.push(...this.devuelto);
      while (this.buffer.includes(10) && !this.acabado) {
        this._muestra(this.buffer.splice(0, this.buffer.indexOf(10)));
        this.buffer.shift();
      }
    }

    _muestra(bytes) {
      const { texto, error } = decodificar(bytes);
      if (error) Object.assign(this, { error, acabado: true });
      else this.pantalla.push(texto);
    }
  }

  // Por qué línea va el programa, y qué se dice al lado.
  function lugar(uno, lineas) {
    const delRecv = lineas.findIndex((linea) => linea.includes(".recv("));
    if (uno.error) return [lineas.findIndex((linea) => linea.includes("decode")), "roto", "error"];
    if (uno.acabado) return [lineas.findIndex((linea) => linea.includes("break")), "", "fin"];
    return uno.esperando ? [delRecv, "espera", "espera"] : [delRecv, "", "le toca"];
  }

  // --- La página ---

  // Los bytes como casillas: pulsar una corta delante de ella. Entre casillas se va con las flechas.
  function tira(alCambiar) {
    const fuera = crear("div", { class: "juguete-tira", role: "group", keydown: conFlechas });
    fuera.setAttribute("aria-label", "Bytes que se envían: pulsa uno para cortar delante de él");
    const cortes = new Set();
    const botones = () => [...fuera.querySelectorAll("button")];

    function conFlechas(suceso) {
      const todos = botones();
      const desde = todos.indexOf(document.activeElement);
      const ultimo = todos.length - 1;
      const adonde = { ArrowRight: desde + 1, ArrowLeft: desde - 1, Home: 0, End: ultimo }[suceso.key];
      if (desde < 0 || adonde === undefined) return;
      suceso.preventDefault();
      const destino = todos[Math.min(Math.max(adonde, 0), ultimo)];
      todos.forEach((uno) => (uno.tabIndex = uno === destino ? 0 : -1));
      destino.focus();
    }

    function cortar(byte, casilla) {
      if (!cortes.delete(byte)) cortes.add(byte);
      casilla.setAttribute("aria-pressed", cortes.has(byte));
      alCambiar();
    }

    function casilla(byte, numero, letra, parte, partes) {
      const cara = [crear("small", {}, parte ? "…" : visible(letra)), aHexadecimal(byte)];
      if (!numero) return crear("span", { class: "juguete-byte" }, ...cara);
      const deQue = partes > 1 ? `parte ${parte + 1} de ${partes} de «${letra}»` : visible(letra);
      const nueva = boton("", () => cortar(numero, nueva), {
        class: "juguete-byte",
        "aria-label": `Cortar delante del byte ${numero + 1}, ${aHexadecimal(byte)}: ${deQue}`,
        "aria-pressed": String(cortes.has(numero)),
        tabindex: numero === 1 ? 0 : -1,
      });
      nueva.append(...cara);
      return nueva;
    }

    function poner(texto, nuevos) {
      cortes.clear();
      nuevos.forEach((corte) => cortes.add(corte));
      let numero = 0;
      fuera.replaceChildren(
        ...letras(texto).flatMap(([letra, bytes]) =>
          bytes.map((byte, parte) => casilla(byte, numero++, letra, parte, bytes.length)),
        ),
      );
    }
    return { fuera, cortes, poner };
  }

  const cada = (cuantos, total) =>
    Array.from({ length: total }, (_, i) => i).filter((i) => i && i % cuantos === 0);

  // Un corte en medio de la primera letra que ocupa más de un byte, y otro tres bytes después.
  function porUnaLetra(bytes) {
    const medio = bytes.findIndex((byte) => byte >= 0x80 && byte < 0xc0);
    return medio < 0 ? cada(3, bytes.length) : [medio, medio + 4].filter((i) => i < bytes.length);
  }

  const enChips = (trozos) =>
    trozos.map((trozo) => crear("code", { class: "juguete-trozo" }, repr(trozo)));

  function frase(uno, antes, queHizo) {
    const { devuelto, esperando, error, acabado, buffer, pantalla } = uno;
    if (!queHizo) return "Todo está por enviar. Empieza por donde quieras.";
    if (esperando) return "No ha llegado nada: el programa espera, parado en recv.";
    const vuelve = queHizo === "sigue" || antes.esperando;
    if (!vuelve && uno.cerrado) return "El otro ha cerrado. El programa aún no lo sabe.";
    if (!vuelve) return `Ha llegado un trozo. Espera en el sistema: ${contar(uno.sistema.length, "byte")}.`;
    const da = `recv devuelve ${repr(devuelto)}`;
    if (error) return `${da}. El programa lo decodifica con media letra, y termina: ${error}`;
    if (acabado && buffer.length) return `${da}: el otro ha cerrado. En el buffer queda una línea sin acabar.`;
    if (acabado) return `${da}: el otro ha cerrado, y el programa termina.`;
    const nuevas = pantalla.slice(antes.lineas).map((linea) => `«${linea}»`);
    if (nuevas.length) return `${da}. Sale en la pantalla: ${nuevas.join(" y ")}.`;
    return `${da}. Falta el salto de línea: se guarda en el buffer.`;
  }

  function construir() {
    const texto = crear("textarea", { rows: 2, maxlength: 24, spellcheck: "false" });
    texto.value = "La niña\nsueña\n";
    const pide = lista([1, 2, 3, 4, 8, 1024].map((n) => [n, `recv(${n})`]), 1024);
    const cual = lista(
      [
        [CON_PRISA, "decodifica cada recv"],
        [POR_LINEAS, "junta, corta por \\n y decodifica"],
      ],
      CON_PRISA,
    );
    const cuadro = programa("El programa que recibe");
    const pasa = pregonero();
    const camino = caja("Por el camino");
    const sistema = caja("En el sistema, sin pedir");
    const guardado = caja("En buffer");
    const pantalla = caja("En la pantalla");
    const bytes = tira(() => otraVez());
    const llega = boton("Llega un trozo", () => hacer("llega"));
    const sigue = boton("El programa sigue", () => hacer("sigue"));
    let uno;

    function otraVez() {
      uno = new Recepcion(texto.value, bytes.cortes, Number(pide.value), cual.value);
      cuadro.poner(codigo(cual.value, pide.value));
      mostrar("", {});
    }

    function repartir(cortes) {
      bytes.poner(texto.value, cortes);
      otraVez();
    }

    function hacer(que) {
      const antes = { esperando: uno.esperando, lineas: uno.pantalla.length };
      uno[que]();
      mostrar(que, antes);
    }

    function mostrar(que, antes) {
      const delAire = enChips(uno.camino);
      camino.poner(...(delAire.length ? delAire : [uno.cerrado ? "nada: ha cerrado" : "nada más"]));
      sistema.poner(crear("code", {}, repr(uno.sistema)));
      guardado.poner(crear("code", {}, repr(uno.buffer)));
      guardado.fuera.hidden = cual.value === CON_PRISA;
      const lineas = uno.pantalla.map((linea) => crear("div", {}, linea || " "));
      if (uno.error) lineas.push(crear("div", { class: "juguete-error" }, uno.error));
      pantalla.poner(...lineas);
      cuadro.senalar(...lugar(uno, codigo(cual.value, pide.value)));
      llega.textContent = uno.camino.length ? "Llega un trozo" : "El otro cierra";
      // No se desactivan del todo: el foco no debe perderse al pulsarlos.
      llega.setAttribute("aria-disabled", uno.cerrado);
      sigue.setAttribute("aria-disabled", uno.acabado || uno.esperando);
      pasa.decir(frase(uno, antes, que));
    }

    const enteros = () => aBytes(texto.value);
    const nuevo = () => repartir(porUnaLetra(enteros()));
    nuevo();
    return [
      crear(
        "div",
        { class: "juguete-mandos" },
        control("Se envía (Intro es \\n)", texto, nuevo),
        control("Pide, como mucho", pide, otraVez),
        control("El programa", cual, otraVez),
      ),
      crear("p", {}, "Se corta en trozos. Pulsa un byte para cortar delante de él, o reparte:"),
      bytes.fuera,
      crear(
        "div",
        { class: "juguete-botones" },
        boton("Todo junto", () => repartir([])),
        boton("De tres en tres", () => repartir(cada(3, enteros().length))),
        boton("Por media letra", nuevo),
      ),
      crear(
        "div",
        { class: "juguete-botones" },
        crear("strong", {}, "¿Qué pasa ahora?"),
        llega,
        sigue,
        boton("Desde el principio", otraVez),
      ),
      pasa.fuera,
      crear(
        "div",
        { class: "juguete-escena" },
        camino.fuera,
        sistema.fuera,
        cuadro.fuera,
        guardado.fuera,
        pantalla.fuera,
      ),
    ];
  }

  window.juguetes.recv = { Recepcion, codigo, CON_PRISA, POR_LINEAS };
  montar("recv", construir);
})();
