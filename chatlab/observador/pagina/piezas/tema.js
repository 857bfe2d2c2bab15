// Claro u oscuro: el del sistema, hasta que se elige otro con el botón.

// El tema que pide el sistema de quien mira.
export function temaDelSistema() {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "oscuro" : "claro";
}

// Los 16 colores de una terminal, que se leen sobre el papel de cada tema.
const COLORES_DE_XTERM = {
  claro: {
    black: "#1d2327", red: "#a3180f", green: "#14692f", yellow: "#7a4d00",
    blue: "#1a4fa3", magenta: "#8e24aa", cyan: "#00695c", white: "#59636e",
    brightBlack: "#59636e", brightRed: "#c0281d", brightGreen: "#1c7d3a", brightYellow: "#8a5a00",
    brightBlue: "#2563c9", brightMagenta: "#a136bd", brightCyan: "#007a6c", brightWhite: "#1d2327",
  },
  oscuro: {
    black: "#39424a", red: "#ff9d94", green: "#7fdc9a", yellow: "#f2c766",
    blue: "#8fb8ff", magenta: "#e3a6f2", cyan: "#5fd3c1", white: "#e8ecef",
    brightBlack: "#a5b0ba", brightRed: "#ffb8b1", brightGreen: "#a2e8b6", brightYellow: "#ffdc8f",
    brightBlue: "#b3cfff", brightMagenta: "#efc3f9", brightCyan: "#8fe6d8", brightWhite: "#ffffff",
  },
};

// Los colores que se ponen a xterm: los de la página en la que está.
export function coloresDeTerminal(raiz) {
  const estilo = getComputedStyle(raiz);
  const color = (nombre) => estilo.getPropertyValue(nombre).trim();
  return {
    ...COLORES_DE_XTERM[raiz.dataset.tema],
    background: color("--papel"),
    foreground: color("--texto"),
    cursor: color("--texto"),
    cursorAccent: color("--papel"),
    selectionBackground: color("--seleccion"),
    scrollbarSliderBackground: color("--barra"),
  };
}
