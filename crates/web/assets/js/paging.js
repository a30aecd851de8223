// The list has no end: the page after and the page before come as one scrolls. Pages far away are taken out again and leave their height,
// so that ten thousand rows weigh no more than a few hundred. The address always names the page that is seen.
import { fetchPage } from "./page.js";
import { rename } from "./places.js";

const NEAR_PX = 260;
const PAGES_MAX = 6;

/** Pages that are known, in order: `{ name, next, previous, items, height }`; `items` is null for one that was taken out. */
let pages = [];
let loading = false;
let later = 0;

const list = () => document.querySelector("[data-list]");
const rows = () => document.querySelector("ol#rows");
/** On a phone the document scrolls, elsewhere the list does. */
const scroller = () => (rows() && getComputedStyle(rows()).overflowY === "visible" ? document.scrollingElement : rows());
const seenTop = () => (scroller() === rows() ? rows().getBoundingClientRect().top : 0);
const seenBottom = () => (scroller() === rows() ? rows().getBoundingClientRect().bottom : innerHeight);

const pageOf = (element) => ({
  name: element.dataset.here ?? "", next: element.dataset.next ?? "", previous: element.dataset.previous ?? "", items: [...element.children], spacer: null,
});

/** Whether the first page is there and its top is seen. */
export const atStart = () => {
  const first = pages[0];
  return !first || (first.previous === "" && first.items !== null && scroller().scrollTop < 8) || rows()?.checkVisibility?.() === false;
};

/** Heads that repeat the one before are not shown; one row can be reached by the Tab key. */
export const settle = () => {
  const place = rows();
  if (!place) return;
  let group = null;
  for (const head of place.querySelectorAll(":scope > .rows-group")) {
    head.hidden = head.dataset.group === group;
    group = head.dataset.group;
  }
  const links = [...place.querySelectorAll("a.row-subject")];
  const current = links.find((link) => link === document.activeElement) ?? links.find((link) => link.closest(".open")) ?? links[0];
  for (const link of links) link.tabIndex = link === current ? 0 : -1;
  const shown = document.querySelector(".list-shown");
  if (shown && pages.length > 1) shown.textContent = `${shown.dataset.label}: ${links.length}`;
  document.dispatchEvent(new CustomEvent("steward:settled"));
};

const fetchRows = async (side, mark) => {
  const open = document.querySelector("#ticket")?.dataset.ticket;
  const query = new URLSearchParams({ list: list().dataset.list, [side]: mark, ...(open ? { open } : {}) });
  return (await fetchPage(`${list().dataset.rows}?${query}`))?.querySelector("ol#rows");
};

const known = (page) => page.items.filter((item) => item.isConnected || !item.id || !document.getElementById(item.id));

const restore = async (page) => {
  const [side, mark] = page.name === "" ? ["", ""] : page.name.split(/=(.*)/s);
  const fresh = side === "" ? (await fetchPage(`${list().dataset.rows}?${new URLSearchParams({ list: list().dataset.list })}`))?.querySelector("ol#rows") : await fetchRows(side, mark);
  if (!fresh || !page.spacer?.isConnected) return;
  page.items = [...fresh.children].map((item) => document.adoptNode(item)).filter((item) => !item.id || !document.getElementById(item.id));
  page.spacer.replaceWith(...page.items);
  page.spacer = null;
};

/** Takes a page out; its height stays. One that holds the focus or a selection stays whole. */
const takeOut = (page) => {
  page.items = known(page).filter((item) => item.isConnected);
  if (page.items.length === 0 || page.items.some((item) => item.contains(document.activeElement) || item.querySelector?.("input:checked"))) return;
  const top = page.items[0].getBoundingClientRect().top;
  const height = page.items.at(-1).getBoundingClientRect().bottom - top;
  const spacer = document.createElement("li");
  spacer.className = "rows-spacer";
  spacer.setAttribute("aria-hidden", "true");
  spacer.style.blockSize = `${height}px`;
  page.items[0].before(spacer);
  page.items.forEach((item) => item.remove());
  Object.assign(page, { items: null, spacer });
};

const boxOf = (page) => {
  if (page.spacer) return page.spacer.getBoundingClientRect();
  const there = page.items.filter((item) => item.isConnected);
  const [first, last] = [there[0], there.at(-1)];
  return first ? { top: first.getBoundingClientRect().top, bottom: last.getBoundingClientRect().bottom } : { top: 0, bottom: 0 };
};

const distance = (page) => {
  const box = boxOf(page);
  return Math.max(box.top - seenBottom(), seenTop() - box.bottom, 0);
};

/** Adds a page at the end or at the beginning; what is seen does not move. */
const add = async (side) => {
  const edge = side === "after" ? pages.at(-1) : pages[0];
  const mark = side === "after" ? edge?.next : edge?.previous;
  if (!mark) return false;
  const fresh = await fetchRows(side, mark);
  if (!fresh || !rows()) return false;
  const page = pageOf(fresh);
  page.items = page.items.map((item) => document.adoptNode(item)).filter((item) => !item.id || !document.getElementById(item.id));
  if (side === "after") {
    rows().append(...page.items);
    pages.push(page);
  } else {
    const box = scroller();
    const before = box.scrollHeight;
    rows().prepend(...page.items);
    box.scrollTop += box.scrollHeight - before;
    pages.unshift(page);
  }
  return true;
};

const look = async () => {
  if (loading || pages.length === 0 || !rows() || rows().checkVisibility?.() === false) return;
  loading = true;
  try {
    for (const page of pages) if (page.spacer && distance(page) < NEAR_PX) await restore(page);
    let moved = false;
    if (distance(pages.at(-1)) < NEAR_PX && boxOf(pages.at(-1)).bottom - seenBottom() < NEAR_PX) moved = await add("after");
    if (seenTop() - boxOf(pages[0]).top < NEAR_PX) moved = (await add("before")) || moved;
    const whole = pages.filter((page) => page.items !== null).sort((a, b) => distance(b) - distance(a));
    whole.slice(0, Math.max(0, whole.length - PAGES_MAX)).forEach(takeOut);
    settle();
    if (moved) setTimeout(look);
  } finally {
    loading = false;
  }
};

/** The row at the top of what is seen, and how far above it begins. */
const topRow = () => {
  const edge = seenTop();
  const row = [...rows().querySelectorAll(":scope > .row")].find((one) => one.getBoundingClientRect().bottom > edge + 1);
  return row && { row: row.id, offset: Math.round(row.getBoundingClientRect().top - edge) };
};

/** Keeps the place in the history, so that coming back finds it. */
export const rememberPlace = () => {
  if (!rows() || !list() || pages.length === 0 || rows().checkVisibility?.() === false) return;
  const page = pages.find((one) => boxOf(one).bottom > seenTop() + 1) ?? pages[0];
  const [side, mark] = page.name.split(/=(.*)/s);
  const here = new URL(list().dataset.list, location.origin);
  if (page.name !== "") here.searchParams.set(side, mark);
  list().dataset.here = here.pathname + here.search;
  const now = new URL(location.href);
  if (now.pathname === here.pathname) now.search = here.search;
  else now.searchParams.set("list", here.pathname + here.search);
  rename(now, topRow());
};

/** Starts from what the page shows. */
export const restart = () => {
  pages = rows() ? [pageOf(rows())] : [];
  settle();
};

/** A place near the end of its page is reached only with the page after it. */
const putBack = async ({ row, offset }) => {
  const away = () => document.getElementById(row).getBoundingClientRect().top - seenTop() - offset;
  for (let tries = 0; tries < 3 && document.getElementById(row); tries += 1) {
    scroller().scrollTop += away();
    if (Math.abs(away()) < 2) return;
    await look();
  }
};

export const watchPaging = () => {
  restart();
  if (pages.length === 0) return;
  list().classList.add("endless");
  if (document.getElementById(history.state?.row)) putBack(history.state).then(look);
  else document.querySelector("#rows .row.open")?.scrollIntoView({ block: "nearest" });
  const onScroll = () => {
    look();
    clearTimeout(later);
    later = setTimeout(rememberPlace, 200);
  };
  document.addEventListener("scroll", (event) => (event.target === rows() || event.target === document) && onScroll(), { capture: true, passive: true });
  addEventListener("resize", look);
  addEventListener("pagehide", rememberPlace);
  look();
};
