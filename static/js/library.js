// Filters at work without a full reload: htmx is fetched when the form is first touched, so that reading costs no script.
const form = () => document.getElementById("library");
const open = new Map(); // which facets the teacher opened or closed, kept when the form is exchanged

function load() {
  const config = document.createElement("meta");
  config.name = "htmx-config";
  config.content = '{"includeIndicatorStyles": false, "allowEval": false, "scrollBehavior": "auto"}';
  const script = document.createElement("script");
  script.src = form().dataset.htmx;
  script.onload = () => {
    htmx.process(form());
    form().classList.add("live");
    if (form().dataset.changed) form().dispatchEvent(new Event("change")); // while the script was on its way
  };
  document.head.append(config, script);
}

function remember(event) {
  if (event.target.matches?.("details[id]")) open.set(event.target.id, event.target.open);
}

let isLoading = false;
for (const name of ["pointerdown", "focusin"]) {
  form().addEventListener(name, () => {
    if (!isLoading) load();
    isLoading = true;
  });
}
form().addEventListener("change", () => { if (!window.htmx) form().dataset.changed = "yes"; });
document.addEventListener("toggle", remember, true);
document.addEventListener("htmx:configRequest", (event) => {
  // Addresses stay short: what is empty, or how it is anyway, is left out.
  for (const [name, value] of [...event.detail.formData]) if (!value) event.detail.formData.delete(name);
});
document.addEventListener("htmx:afterSettle", () => {
  form().classList.add("live");
  for (const [id, isOpen] of open) {
    const details = document.getElementById(id);
    if (details) details.open = isOpen;
  }
});
