// The way to the palette: its scripts come when it is opened for the first time, so that no page waits for them.

const open = async () => (await import("./palette.js")).openPalette();

export const watchPalette = () => {
  if (!document.querySelector("#palette")) return;
  document.addEventListener("steward:palette", open);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
};
