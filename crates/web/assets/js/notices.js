// What has just happened, told where everybody looks and screen readers listen.
import { rename } from "./places.js";

const STAYS_MS = 10_000;

const leave = (notice) => {
  const go = () => (notice.matches(":hover, :focus-within") ? setTimeout(go, 1_000) : notice.remove());
  setTimeout(go, STAYS_MS);
};

/** Tells something; `refused` for what did not work. */
export const say = (text, { refused = false } = {}) => {
  const place = document.querySelector("#notices");
  if (!place || !text) return;
  const notice = document.createElement("p");
  notice.className = refused ? "notice refused" : "notice";
  notice.textContent = text;
  place.replaceChildren(notice);
  leave(notice);
};

/** Tells what another page of ours would have told, with its way back. */
export const tell = (page) => {
  const place = document.querySelector("#notices");
  const told = page.querySelector("#notices .notice");
  if (!place || !told) return;
  const notice = document.adoptNode(told);
  place.replaceChildren(notice);
  leave(notice);
};

/** A sentence that the page brought along in the reader's language. */
export const words = (name) => document.body.dataset[name] ?? "";

export const watchNotices = () => {
  for (const notice of document.querySelectorAll("#notices .notice")) leave(notice);
  const here = new URL(location.href);
  if (here.searchParams.has("told")) {
    // What was told once is not told again when the page is loaded anew.
    here.searchParams.delete("told");
    here.searchParams.delete("step");
    rename(here);
  }
};
