// A list as a file: the browser loads it by itself, and meanwhile the page says how far it is. Without script the same link gives the same file.
import { say } from "./notices.js";
import { fetchPage } from "./page.js";

const LOOK_MS = 1_000;
/** An answer that does not come was missed, or the export waits for its turn. */
const MISSED_MAX = 10;

const watch = async (address, missed = 0) => {
  const page = await fetchPage(address);
  const said = page?.querySelector("[data-export-said]");
  if (said) say(said.textContent, { refused: said.dataset.over === "broken" });
  if (said?.dataset.over || missed >= MISSED_MAX) return;
  setTimeout(watch, LOOK_MS, address, said ? 0 : missed + 1);
};

export const begin = (link) => {
  const address = new URL(link.href);
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  address.searchParams.set("id", id);
  link.closest("details")?.removeAttribute("open");
  say(link.dataset.sayBegun);
  setTimeout(watch, LOOK_MS, link.dataset.export + id);
  // The answer is a file: the page stays.
  location.assign(address);
};
