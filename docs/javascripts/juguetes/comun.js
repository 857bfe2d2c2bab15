// Lo que comparten los juguetes de las páginas: crear elementos, pulsar, anunciar, y escribir como Python.
//
// Cada juguete es un guion suelto, sin bibliotecas ni módulos: así funciona también abierto desde el
// disco (file://). Su modelo no toca la página, y las pruebas lo comparan con Python de verdad.
window.juguetes = (() => {
  // Crea un elemento; de los atributos, los que son funciones escuchan: { click: () => … }.
  function crear(etiqueta, atributos = {}, ...hijos) {
    const nuevo = document.createElement(etiqueta);
    for (const [nombre, valor] of Object.entries(atributos)) {
      if (typeof valor === "function") nuevo.addEventListener(nombre, valor);
      else if (valor !== false && valor !== null) nuevo.setAttribute(nombre, valor);
    }
    nuevo.append(...hijos);
    return nuevo;
  }

  const boton = (texto, alPulsar, atributos = {}) =>
    crear("button", { type: "button", click: alPulsar, ...atributos }, texto);

  // Un control con su rótulo; lo que diga `alCambiar` se hace cada vez que cambia.
  function control(rotulo, campo, alCambiar) {
    campo.addEventListener("input", alCambiar);
    return crear("label", {}, crear("span", {}, rotulo), campo);
  }

  const lista = (opciones, elegida) =>
    crear(
      "select",
      {},
      ...opciones.map(([valor, texto]) =>
        crear("option", { value: valor, selected: valor === elegida && "" }, texto),
      ),
    );

  // Una caja con título. `poner` cambia lo que hay dentro, y `titular`, el título.
  function caja(titulo) {
    const dentro = crear("div", { class: "juguete-dentro" });
    const arriba = crear("strong", {}, titulo);
    const fuera = crear("div", { class: "juguete-caja" }, arriba, dentro);
    const titular = (nuevo) => (arriba.textContent = nuevo);
    return { fuera, titular, poner: (...cosas) => dentro.replaceChildren(...cosas) };
  }

  // El código de un programa. `senalar` marca la línea por la que va, y dice al lado qué le pasa.
  function programa(rotulo) {
    const fuera = crear("ol", { class: "juguete-codigo", "aria-label": rotulo, tabindex: "0" });
    function poner(lineas) {
      fuera.replaceChildren(...lineas.map((linea) => crear("li", {}, crear("code", {}, linea))));
    }
    function senalar(numero, clase = "", nota = "") {
      [...fuera.children].forEach((linea, posicion) => {
        const es = posicion === numero;
        linea.className = es ? `ahora ${clase}` : "";
        if (es) linea.setAttribute("aria-current", "step");
        else linea.removeAttribute("aria-current");
        linea.querySelector("em")?.remove();
        if (es && nota) linea.append(crear("em", {}, nota));
      });
    }
    return { fuera, poner, senalar };
  }

  // Lo que acaba de pasar, para quien mira y para quien usa un lector de pantalla.
  function pregonero() {
    const fuera = crear("p", { class: "juguete-pasa", role: "status" });
    return { fuera, decir: (frase) => (fuera.textContent = frase) };
  }

  // --- Como Python ---

  const aBytes = (texto) => [...new TextEncoder().encode(texto)];
  const aHexadecimal = (byte) => byte.toString(16).padStart(2, "0");
  const ESCAPES = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };

  // Unos bytes como los escribe `repr` en Python: b'ni\xc3'.
  function repr(bytes) {
    const comilla = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
    const letras = bytes.map((byte) => {
      if (byte === comilla.charCodeAt(0)) return `\\${comilla}`;
      if (ESCAPES[byte]) return ESCAPES[byte];
      return byte < 32 || byte > 126 ? `\\x${aHexadecimal(byte)}` : String.fromCharCode(byte);
    });
    return `b${comilla}${letras.join("")}${comilla}`;
  }

  const sigue = (byte) => byte >= 0x80 && byte < 0xc0;
  const cuantosSon = (primero) => (primero < 0x80 ? 1 : primero < 0xe0 ? 2 : primero < 0xf0 ? 3 : 4);

  // Lo que hace `decode()` con un pedazo de un texto en UTF-8: da `texto`, o `error`.
  function decodificar(bytes) {
    const primero = bytes.findIndex((byte, i) => !sigue(byte) && cuantosSon(byte) > bytes.length - i);
    const queja = "UnicodeDecodeError: 'utf-8' codec can't decode";
    if (bytes.length && sigue(bytes[0])) {
      return { error: `${queja} byte 0x${aHexadecimal(bytes[0])} in position 0: invalid start byte` };
    }
    if (primero >= 0) {
      const ultimo = bytes.length - 1;
      const cuales =
        primero === ultimo
          ? `byte 0x${aHexadecimal(bytes[primero])} in position ${primero}`
          : `bytes in position ${primero}-${ultimo}`;
      return { error: `${queja} ${cuales}: unexpected end of data` };
    }
    return { texto: new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes)) };
  }

  // Las letras de un texto con sus bytes: [["ñ", [195, 177]], …].
  const letras = (texto) => [...texto].map((letra) => [letra, aBytes(letra)]);
  const visible = (letra) => ({ "\n": "\\n", "\t": "\\t", " ": "␣" })[letra] ?? letra;
  const contar = (cuantos, que) => `${cuantos} ${que}${cuantos === 1 ? "" : "s"}`;

  // Pone en cada sitio de la página que lo pide, `<div data-juguete="nombre">`, lo que da `construir`.
  function montar(nombre, construir) {
    const poner = () => {
      for (const sitio of document.querySelectorAll(`[data-juguete="${nombre}"]`)) {
        sitio.replaceChildren(...construir());
        sitio.classList.add("juguete-listo");
      }
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", poner);
    else poner();
  }

  return {
    crear, boton, control, lista, caja, programa, pregonero, montar,
    aBytes, aHexadecimal, repr, decodificar, letras, visible, contar,
  };
})();
