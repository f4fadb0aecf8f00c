// What was written in a session and could not be sent stays encrypted in the phone (modo.js).
// Whoever leaves is told, and takes it away: the phone may be somebody else's tomorrow.
const forma = document.querySelector("[data-salida]");
const mio = `modo:${forma.dataset.salida}:`;
const suyas = () => Object.keys(localStorage).filter((nombre) => nombre.startsWith(mio));
try {
  const cuantas = suyas().filter((nombre) => !nombre.includes("-borradores:")).length;
  if (cuantas) {
    const aviso = document.getElementById("sin-enviar");
    aviso.hidden = false;
    aviso.querySelector("[data-cuantas]").textContent = cuantas === 1 ? "1 anotación" : `${cuantas} anotaciones`;
  }
  forma.addEventListener("submit", () => suyas().forEach((nombre) => localStorage.removeItem(nombre)));
} catch {
  // The browser keeps nothing here: there is nothing to take away.
}
