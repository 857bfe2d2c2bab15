// xterm.js, que no es un módulo: deja su Terminal a la vista de toda la página.
import "../xterm/xterm.js";

export const { Terminal } = globalThis;
