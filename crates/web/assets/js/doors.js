// What is used now and then comes when it is used: no page waits for it. Without script these are links like any others.

const DOORS = [
  ["a[data-preview]", () => import("./preview.js")],
  ["#ticket a[data-macro]", () => import("./macros.js")],
  ["a[data-export]", () => import("./exporting.js")],
];

export const watchDoors = () => {
  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    for (const [selector, load] of DOORS) {
      const link = event.target.closest?.(selector);
      if (!link) continue;
      event.preventDefault();
      load().then(({ begin }) => begin(link)).catch(() => location.assign(link.href));
    }
  });
};
