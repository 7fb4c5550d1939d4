// A guide needs no script. This one prints, and keeps the answers on this device if, and only if, the reader asks.
const guide = document.getElementById("guide");
const actions = document.getElementById("guide-actions");

if (guide && actions) {
  const status = document.getElementById("guide-status");
  const place = `guide:${guide.dataset.key}`;
  const inputs = [...guide.querySelectorAll("input")];
  const nameOf = (input) => (input.type === "radio" ? `${input.name}=${input.value}` : input.name);

  const storage = () => { try { return window.localStorage; } catch { return null; } };
  const isKept = () => storage()?.getItem(place) != null;
  const keep = () => storage()?.setItem(place, JSON.stringify(inputs.filter((input) => input.checked).map(nameOf)));
  const choose = (names) => inputs.forEach((input) => { input.checked = names.includes(nameOf(input)); });

  const acts = {
    print: () => window.print(),
    keep: () => { keep(); if (isKept()) status.textContent = status.dataset.kept; },
    forget: () => { storage()?.removeItem(place); choose([]); status.textContent = status.dataset.forgotten; },
  };

  if (isKept()) {
    try { choose(JSON.parse(storage().getItem(place))); } catch { storage().removeItem(place); }
  }
  guide.addEventListener("change", () => { if (isKept()) keep(); });
  actions.addEventListener("click", (event) => acts[event.target.dataset.act]?.());
  actions.hidden = false;
}
