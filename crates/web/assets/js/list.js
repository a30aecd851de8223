// A row opens its ticket beside the list; the list stays where it is.
import { fetchPage, markRow, showTicket, updateRows } from "./page.js";

const list = () => document.querySelector("[data-list]");

const rowsAddress = () => {
  const open = document.querySelector("#ticket")?.dataset.ticket;
  const query = new URLSearchParams({ list: list().dataset.list });
  if (open) query.set("open", open);
  return `${list().dataset.rows}?${query}`;
};

export const refreshRows = async () => {
  if (!list() || location.search.includes("cursor=")) return;
  const page = await fetchPage(rowsAddress());
  updateRows(page?.querySelector("#rows"));
};

const open = async (link) => {
  const number = link.closest(".row").id.replace("row-", "");
  const page = await fetchPage(link.dataset.fragment);
  const fresh = page?.querySelector("#ticket");
  const title = `${number} ${fresh?.querySelector("#ticket-title")?.textContent ?? ""} · Steward`;
  if (!fresh || !showTicket(fresh)) {
    location.assign(link.href);
    return;
  }
  markRow(number);
  history.pushState({}, "", link.href);
  document.title = title;
};

export const watchList = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.row-subject");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain) return;
    event.preventDefault();
    open(link);
  });
  window.addEventListener("popstate", () => location.reload());
  document.addEventListener("steward:rows", refreshRows);
};
