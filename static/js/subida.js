// Uploading works without this file. With it the page says how much of the file has left, stays
// where it is if the connection breaks, and takes the reader to what must be corrected.
const parte = (selector) => document.querySelector(`#subir ${selector}`);
const enfocar = () => document.querySelector("[data-enfocar]")?.focus();
const poner = (id, texto) => {
  const lugar = document.getElementById(id);
  if (lugar) lugar.textContent = texto;
};
const decir = (texto) => poner("no-llego", texto);

enfocar();
document.addEventListener("htmx:beforeRequest", () => {
  decir("");
  const archivos = parte("[type=file]");
  if (!archivos?.files.length) return;
  parte(".subiendo").hidden = false;
  poner("ya-va", "Subiendo el archivo. No cierres esta página.");
});
document.addEventListener("htmx:xhr:progress", ({ detail }) => {
  const barra = parte("progress");
  if (!barra || !detail.lengthComputable || detail.total < 1) return;
  const cuanto = Math.floor((100 * detail.loaded) / detail.total);
  barra.value = cuanto;
  parte(".subiendo__cuanto").textContent = `${cuanto} %`;
});
document.addEventListener("htmx:afterRequest", () => {
  const avance = parte(".subiendo");
  if (avance) avance.hidden = true;
  poner("ya-va", "");
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.responseText.includes('id="content-main"')) return;
  detail.shouldSwap = false; // the session ended and this is the page to log in
  decir("Tu sesión terminó y el archivo no se recibió. Entra otra vez en otra pestaña, vuelve aquí y oprime otra vez el botón.");
});
document.addEventListener("htmx:sendError", () => {
  decir("Se cortó la conexión y el archivo no llegó completo. Lo que elegiste sigue aquí: oprime otra vez el botón.");
});
document.addEventListener("htmx:responseError", ({ detail }) => {
  decir(
    detail.xhr.status === 403
      ? "Esta página caducó o ya no tienes permiso. Vuelve a abrirla y elige otra vez el archivo."
      : "El portal no pudo recibir el archivo. Lo que elegiste sigue aquí: espera un momento y oprime otra vez el botón.",
  );
});
document.addEventListener("htmx:afterSettle", enfocar);
