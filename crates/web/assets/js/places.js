// Places in the history of the browser. Those that we make say where they come from, and only a real change of place is shown anew.

let shown = "";

const address = () => location.pathname + location.search;

/** The page shows what its address says. */
export const arrived = () => (shown = address());

/** A step forward, to a place that the page shows by now. */
export const goTo = (href, from = {}) => {
  history.pushState(from, "", href);
  arrived();
};

/** The same place by a better name, or with more known of it. */
export const rename = (href, more = {}) => {
  history.replaceState({ ...history.state, ...more }, "", href);
  arrived();
};

/** Calls when the browser goes back or forward to another place; a link within the page is none. */
export const onReturn = (show) => {
  arrived();
  window.addEventListener("popstate", () => {
    if (address() === shown) return;
    arrived();
    show();
  });
};
