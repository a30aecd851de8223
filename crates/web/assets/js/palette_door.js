// The way to the palette: its scripts come when it is opened for the first time, so that no page waits for them.

/** The line is there at once: what is typed while the scripts come stands in it, and acts nowhere else. */
const open = async () => {
  const place = document.querySelector("#palette");
  if (place.open) return;
  place.querySelector("#palette-input").value = "";
  place.showModal();
  (await import("./palette.js")).openPalette();
};

export const watchPalette = () => {
  if (!document.querySelector("#palette")) return;
  document.addEventListener("steward:palette", open);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
};
