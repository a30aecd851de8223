// Rows change where they stand. What is new comes by itself while the top of the list is seen; further down it waits behind a button, so
// that nothing moves under somebody's eyes.
import { atStart, restart, settle } from "./paging.js";
import { fetchPage } from "./page.js";

/** More changes at once than this, and the list is fetched anew. */
const ONE_BY_ONE_MAX = 30;

let newer = new Set();

const list = () => document.querySelector("[data-list]");
const rows = () => document.querySelector("#rows");

const address = (more = {}) => {
  const open = document.querySelector("#ticket")?.dataset.ticket;
  return `${list().dataset.rows}?${new URLSearchParams({ list: list().dataset.list, ...(open ? { open } : {}), ...more })}`;
};

/** What a person did with a row stays when the row is exchanged. */
const carryOver = (old, fresh) => {
  const box = old.querySelector("input[name=pick]");
  if (box?.checked) {
    fresh.querySelector("input[name=pick]").checked = true;
    fresh.classList.add("picked");
  }
  if (old.classList.contains("open")) fresh.classList.add("open");
};

const isSame = (old, fresh) => old.textContent === fresh.textContent && old.className.replace(/ ?(open|picked|gone|leaving)/g, "") === fresh.className.replace(/ ?open/, "");

/** Puts a fresh row in the place of the one that is shown, unless nothing in it differs. */
const exchange = (old, fresh) => {
  if (isSame(old, fresh) && !old.matches(".gone, .leaving")) return old;
  const focused = old.contains(document.activeElement);
  const next = document.adoptNode(fresh);
  carryOver(old, next);
  old.replaceWith(next);
  if (focused) next.querySelector("a.row-subject").focus({ preventScroll: true });
  return next;
};

/** The whole first page as it is now; rows that stay are the same elements, so that focus and selection stay. */
const updateAll = (fresh) => {
  const now = rows();
  const focused = now.contains(document.activeElement) ? document.activeElement.closest(".row")?.id : null;
  const known = new Map([...now.querySelectorAll(":scope > .row")].map((row) => [row.id, row]));
  const next = document.adoptNode(fresh);
  for (const row of [...next.querySelectorAll(":scope > .row")]) {
    const old = known.get(row.id);
    if (!old) continue;
    if (isSame(old, row) && !old.matches(".gone, .leaving")) row.replaceWith(old);
    else carryOver(old, row);
  }
  const top = now.scrollTop;
  now.replaceWith(next);
  next.scrollTop = top;
  if (focused) document.getElementById(focused)?.querySelector("a.row-subject")?.focus({ preventScroll: true });
  restart();
};

const showNewer = () => {
  document.querySelector(".newer")?.remove();
  if (newer.size === 0) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button primary newer";
  button.textContent = `${list().dataset.newer}: ${newer.size}`;
  button.addEventListener("click", () => refreshRows({ whole: true }));
  const place = rows();
  place.before(button);
  button.style.insetBlockStart = `${place.offsetTop + 8}px`;
};

const updateSome = async (numbers) => {
  const page = await fetchPage(address({ only: [...numbers].join(",") }));
  const fresh = page?.querySelector("#rows");
  if (!fresh || !rows()) return;
  const there = new Map([...fresh.querySelectorAll(".row")].map((row) => [row.dataset.number, row]));
  for (const number of numbers) {
    const old = document.getElementById(`row-${number}`);
    const row = there.get(number);
    if (old && row) exchange(old, row);
    else if (row) newer.add(number);
    else if (old) {
      // It has gone to another list: it stays where it is until the list is fetched anew.
      old.classList.add("gone");
      old.title = list().dataset.left;
    }
  }
  showNewer();
  settle();
};

const hasPicked = () => rows().querySelector("input[name=pick]:checked") !== null;

/** What is looked at one by one: what changed, or when nobody knows that, the rows at the top while they are seen. */
const concerned = (changed) => {
  if (changed && !changed.has("*") && changed.size <= ONE_BY_ONE_MAX) return changed;
  const first = [...rows().querySelectorAll(":scope > .row")].slice(0, ONE_BY_ONE_MAX);
  return new Set(atStart() ? first.map((row) => row.dataset.number) : []);
};

/**
 * Brings the list up to date: all of it while its top is seen, otherwise the rows that changed. While rows are picked, all that were loaded
 * stay: some of the picked ones may stand far below the first page.
 */
export const refreshRows = async ({ changed = null, whole = false } = {}) => {
  if (list()?.dataset.shape) return void document.dispatchEvent(new CustomEvent("steward:shape"));
  if (!list() || !rows()) return;
  if (!whole && (!atStart() || hasPicked())) {
    const some = concerned(changed);
    if (some.size > 0) await updateSome(some);
    return;
  }
  const page = await fetchPage(address());
  const fresh = page?.querySelector("#rows");
  if (!fresh || !rows()) return;
  newer = new Set();
  showNewer();
  // A list that was empty has the whole sheet and neither heads nor foot: it is loaded as a page.
  if (fresh.tagName !== rows().tagName) {
    if (!document.querySelector("#ticket")) location.reload();
    return;
  }
  updateAll(fresh);
  if (whole) {
    rows().scrollTop = 0;
    rows().querySelector("a.row-subject")?.focus({ preventScroll: true });
  }
};

/** Shows at once what is about to happen to a row; gives back how to take that back. */
export const expectLeaving = (number) => {
  const row = document.getElementById(`row-${number}`);
  row?.classList.add("leaving");
  return () => document.getElementById(`row-${number}`)?.classList.remove("leaving");
};
