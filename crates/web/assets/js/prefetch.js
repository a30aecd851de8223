// Tickets that are likely to be opened next are fetched a moment before: those that the pointer rests on, and those beside the focus.
// What was fetched is kept briefly, and forgotten when the server says that the ticket changed.
import { fetchPage } from "./page.js";

const REST_MS = 65;
const KEPT_MS = 30_000;
const KEPT_MAX = 12;

const kept = new Map();
let resting = 0;

const numberOf = (address) => address.split("/").at(-1);

/** Where the part of the page is that a link of a list opens. */
export const fragmentOf = (link) => link?.pathname.replace("/desk/tickets/", "/desk/fragments/tickets/");

const drop = (address) => kept.delete(address);

/** The fragment at an address: that which was fetched before, or a fresh one. It is given away once, because it becomes the page. */
export const take = (address) => {
  const known = kept.get(address);
  drop(address);
  return known && performance.now() - known.at < KEPT_MS ? known.page : fetchPage(address);
};

/** Fetches what will probably be wanted. */
export const prefetch = (address) => {
  if (!address || kept.has(address) || navigator.connection?.saveData) return;
  while (kept.size >= KEPT_MAX) drop(kept.keys().next().value);
  const page = fetchPage(address);
  kept.set(address, { page, at: performance.now() });
  // What could not be fetched is asked for again when it is wanted.
  page.then((found) => found || drop(address));
};

/** These tickets changed: what was fetched of them is old. */
export const forget = (numbers) => {
  for (const address of [...kept.keys()]) if (numbers.has("*") || numbers.has(numberOf(address))) drop(address);
};

/** The rows at these distances from that of a link, as far as they are shown. */
export const prefetchBeside = (link, distances) => {
  const rows = [...document.querySelectorAll("#rows .row")];
  const here = rows.indexOf(link.closest(".row"));
  for (const row of distances.map((by) => rows[here + by])) prefetch(fragmentOf(row?.querySelector("a.row-subject")));
};

export const watchPrefetch = () => {
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "mouse" && event.target.closest?.("ol#rows .row")?.querySelector("a.row-subject");
    clearTimeout(resting);
    if (link) resting = setTimeout(() => prefetch(fragmentOf(link)), REST_MS);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("ol#rows a.row-subject")) prefetchBeside(event.target, [0, 1]);
  });
};
