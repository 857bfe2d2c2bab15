// Señala los textos de la página cuyo contraste se examina: de los que están en el mismo sitio, con la misma
// tinta y sobre el mismo papel, el primero. En una página hay mil letras de código, y unas cuarenta tintas.
() => {
  const papeles = new WeakMap();
  const papel = (uno) => {
    if (uno === null) return "";
    if (!papeles.has(uno)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(uno);
      const suyo = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join(" ");
      papeles.set(uno, `${papel(uno.parentElement)}/${suyo}`);
    }
    return papeles.get(uno);
  };
  const tinta = (uno) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(uno);
    return [color, fontSize, fontWeight, textShadow].join(" ");
  };
  // Solo el suyo: el de lo que lleva dentro tiene su propia tinta.
  const texto = (uno) =>
    [...uno.childNodes].map((nodo) => (nodo.nodeType === Node.TEXT_NODE ? nodo.data : "")).join("").trim();
  // No da fe de los demás lo que axe no juzga: lo que no se ve, lo que se sale de su marco, una letra suelta y
  // los signos.
  const daFe = (uno) => {
    const { left, right, width } = uno.getBoundingClientRect();
    const marco = uno.closest("pre, body").getBoundingClientRect();
    const seVe = width > 0 && uno.checkVisibility({ visibilityProperty: true });
    return seVe && marco.left <= left && right <= marco.right && /[\p{L}\p{N}]{2}/u.test(texto(uno));
  };

  const vistas = new Set();
  for (const uno of document.querySelectorAll("body *")) {
    if (!texto(uno) && !uno.matches("input, select, textarea")) continue;
    const sitio = `${uno.parentElement.localName} > ${uno.localName}`;
    const clave = daFe(uno) ? `${sitio}: ${tinta(uno)} ${papel(uno)}` : uno;
    if (!vistas.has(clave)) uno.dataset.tinta = "";
    vistas.add(clave);
  }
}
