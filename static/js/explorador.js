// While a place is being typed its answers appear below, the same that the button would bring.
// Without this file the form asks for them by itself.
const formulario = document.querySelector("[data-sugerencias]");
const caja = formulario?.querySelector("[name=busca]");
const hallados = document.getElementById("hallados");
if (caja && hallados) {
  let espera = 0;
  let pedido = null;
  caja.addEventListener("input", () => {
    clearTimeout(espera);
    espera = setTimeout(async () => {
      pedido?.abort();
      pedido = new AbortController();
      const consulta = new URLSearchParams(new FormData(formulario));
      consulta.delete("agregar");
      try {
        const respuesta = await fetch(`${formulario.dataset.sugerencias}?${consulta}`, { signal: pedido.signal });
        if (respuesta.ok) hallados.innerHTML = await respuesta.text();
      } catch (error) {
        if (error.name !== "AbortError") hallados.textContent = "";
      }
    }, 250);
  });
}
for (const codigo of document.querySelectorAll("textarea[readonly]")) {
  codigo.addEventListener("focus", () => codigo.select());
}
