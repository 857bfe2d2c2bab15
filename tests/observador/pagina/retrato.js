// Va a cada momento y apunta todo lo que se ve. Antes espera a que las terminales acaben de escribir.
async (momentos) => {
  const reproductor = chatlab.abierto;
  const textos = (selector) =>
    [...reproductor.raiz.querySelectorAll(selector)].map((uno) => uno.textContent);
  const escrito = ([p, { terminal }]) =>
    new Promise((listo) => terminal.xterm.write("", () => listo([p, terminal.texto()])));
  const retratos = [];
  for (const n of momentos) {
    if (n !== reproductor.reloj.n) reproductor.reloj.poner(n);
    reproductor.pintar();
    retratos.push({
      n: reproductor.reloj.n,
      estado: reproductor.mundo.estadoEn(n),
      terminales: Object.fromEntries(
        await Promise.all([...reproductor.terminales.paneles].map(escrito)),
      ),
      estados: textos(".panel-terminal .en-que-esta"),
      frase: textos(".frase"),
      lineas: textos(".codigo .senalada"),
      ahora: textos(".codigo .ahora"),
      flecha: textos(".dos-lineas"),
      fila: textos(".fila[aria-selected=true]"),
      deslizador: reproductor.raiz.querySelector("input[type=range]").value,
    });
  }
  return retratos;
};
