// Remembers, in this browser, the second at which a film or recording was left, and goes on from there.
for (const player of document.querySelectorAll("[data-resume]")) {
  const key = `imprint:resume:${player.dataset.resume}`;
  player.addEventListener("loadedmetadata", () => {
    const second = Number(localStorage.getItem(key));
    if (second > 0 && second < player.duration - 2) player.currentTime = second;
  });
  player.addEventListener("timeupdate", () => localStorage.setItem(key, String(Math.floor(player.currentTime))));
  player.addEventListener("ended", () => localStorage.removeItem(key));
}
