// El juguete de los bytes: de cada letra, su número en Unicode y los bytes que viajan.
(() => {
  const { crear, boton, control, caja, pregonero, montar } = window.juguetes;
  const { aBytes, aHexadecimal, repr, letras, visible, contar } = window.juguetes;

  // La «é» del último va en dos piezas: la letra y su tilde.
  const EJEMPLOS = ["mañana", "¡Olé!", "10 €", "🙂", "cafe\u0301"];

  // --- El modelo ---

  const numero = (letra) => `U+${letra.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const filas = (texto) => letras(texto).map(([letra, bytes]) => [letra, numero(letra), bytes]);
  // Lo mismo que `len` en Python: de un texto, sus letras; de unos bytes, los bytes.
  const largos = (texto) => ({ letras: [...texto].length, bytes: aBytes(texto).length });

  // --- La página ---

  const SE_JUNTA = /\p{M}/u;
  const aLaVista = (letra) => (SE_JUNTA.test(letra) ? `◌${letra}` : visible(letra));

  function fila([letra, codigo, bytes]) {
    const celda = (texto) => crear("td", {}, crear("code", {}, texto));
    return crear(
      "tr",
      {},
      crear("th", { scope: "row" }, aLaVista(letra)),
      celda(codigo),
      celda(bytes.map(aHexadecimal).join(" ")),
      celda(bytes.join(" ")),
    );
  }

  function construir() {
    const texto = crear("input", { type: "text", maxlength: 24, spellcheck: "false", autocomplete: "off" });
    texto.value = EJEMPLOS[0];
    const cuerpo = crear("tbody");
    const cabeza = ["letra", "número", "en hexadecimal", "en decimal"];
    const tabla = crear(
      "table",
      { class: "juguete-letras" }, // con una clase, el tema no la mete en una caja suya
      crear("thead", {}, crear("tr", {}, ...cabeza.map((uno) => crear("th", { scope: "col" }, uno)))),
      cuerpo,
    );
    const viajan = caja("texto.encode()");
    const pasa = pregonero();

    function mostrar() {
      cuerpo.replaceChildren(...filas(texto.value).map(fila));
      viajan.poner(crear("code", {}, repr(aBytes(texto.value))));
      const { letras: cuantas, bytes } = largos(texto.value);
      pasa.decir(
        `len(texto) es ${cuantas}, y len(texto.encode()) es ${bytes}: ` +
          `${contar(cuantas, "letra")} y ${contar(bytes, "byte")}.`,
      );
    }

    function poner(ejemplo) {
      texto.value = ejemplo;
      mostrar();
    }

    mostrar();
    return [
      crear("div", { class: "juguete-mandos" }, control("Escribe un texto", texto, mostrar)),
      crear(
        "div",
        { class: "juguete-botones" },
        ...EJEMPLOS.map((ejemplo) => boton(ejemplo, () => poner(ejemplo), { "aria-label": `Probar ${ejemplo}` })),
      ),
      pasa.fuera,
      crear("div", { class: "juguete-tabla", tabindex: "0", role: "group", "aria-label": "Letra a letra" }, tabla),
      viajan.fuera,
    ];
  }

  window.juguetes.bytes = { filas, largos };
  montar("bytes", construir);
})();
