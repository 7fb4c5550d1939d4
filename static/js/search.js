// Completions while one types: htmx is fetched when the box is first used, so that reading costs no script.
const box = document.querySelector("[data-htmx]");
box?.addEventListener(
  "focusin",
  () => {
    const config = document.createElement("meta");
    config.name = "htmx-config";
    config.content = '{"includeIndicatorStyles": false, "allowEval": false}';
    const script = document.createElement("script");
    script.src = box.dataset.htmx;
    script.onload = () => {
      htmx.process(box);
      const field = box.querySelector("input[type=search]");
      if (field.value) field.dispatchEvent(new Event("input")); // typed while the script was on its way
    };
    document.head.append(config, script);
  },
  { once: true },
);
box?.addEventListener("keydown", (event) => {
  const links = [...box.querySelectorAll(".completions a")];
  const place = links.indexOf(document.activeElement);
  const field = box.querySelector("input[type=search]");
  if (event.key === "Escape") {
    box.querySelector(".completions").replaceChildren();
    field.focus();
  } else if (event.key === "ArrowDown" && place < links.length - 1) {
    links[place + 1].focus();
    event.preventDefault();
  } else if (event.key === "ArrowUp" && place >= 0) {
    (links[place - 1] ?? field).focus();
    event.preventDefault();
  }
});
