// A row opens its ticket beside the list, or in its place; the list stays where it is.
import { rememberPlace } from "./paging.js";
import { markRow, showTicket, ticket } from "./page.js";
import { goTo, onReturn } from "./places.js";
import { fragmentOf, prefetchBeside, take } from "./prefetch.js";
import { refreshRows } from "./rows.js";

const isFull = () => document.querySelector(".sheet.full") !== null;

/** Says that the open ticket was looked at, up to what is shown. */
const saySeen = async (number, fields) => {
  const csrf = document.querySelector("[data-csrf]")?.dataset.csrf;
  if (!csrf) return;
  try {
    await fetch(`/desk/tickets/${number}/seen`, { method: "POST", body: new URLSearchParams({ csrf, ...fields }) });
  } catch {
    // It is said again with the next look.
  }
};

/** The ticket that is open is read, also what comes while somebody looks at it. */
export const markSeen = () => {
  const open = ticket();
  if (!open || document.hidden || open.dataset.saw === open.dataset.latest) return;
  open.dataset.saw = open.dataset.latest ?? "";
  saySeen(open.dataset.ticket, open.dataset.latest ? { up_to: open.dataset.latest } : {});
  const row = document.getElementById(`row-${open.dataset.ticket}`);
  row?.classList.remove("unread");
};

const markUnread = () => {
  const row = document.activeElement?.closest?.("#rows .row") ?? document.querySelector("#rows .row.open");
  if (!row) return;
  row.classList.add("unread");
  saySeen(row.dataset.number, { unread: "1" });
};

let turn = 0;

export const openRow = async (link) => {
  turn += 1;
  const mine = turn;
  const row = link.closest(".row");
  const number = row.dataset.number;
  rememberPlace();
  const page = await take(fragmentOf(link));
  // Whoever opened another row meanwhile wants that one.
  if (mine !== turn) return;
  const isFromList = document.querySelector(".shell").dataset.pane !== "ticket";
  const fresh = page?.querySelector("#ticket");
  const title = `${number} ${fresh?.querySelector("#ticket-title")?.textContent ?? ""} · Steward`;
  if (!fresh || !showTicket(fresh)) {
    location.assign(link.href);
    return;
  }
  markRow(number);
  goTo(link.href, { isFromList });
  document.title = title;
  markSeen();
  prefetchBeside(link, [1, -1]);
  if (isFull()) document.querySelector("#ticket .back")?.setAttribute("href", list().dataset.here);
};

const list = () => document.querySelector("[data-list]");

/** Over the whole width the list is behind the ticket: going back shows it as it was left. */
const goBack = (event) => {
  const back = event.target.closest("#ticket .back");
  if (!back || !list() || event.metaKey || event.ctrlKey || !history.state?.isFromList) return;
  if (new URL(back.href).pathname !== new URL(list().dataset.list, location.origin).pathname) return;
  event.preventDefault();
  history.back();
};

/** After a ticket is done the next one has the focus. */
export const selectNext = (number) => {
  const row = document.getElementById(`row-${number}`);
  const rows = [...document.querySelectorAll("#rows .row:not(.leaving)")];
  const next = rows.find((one) => row && row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rows.at(-1);
  if (next && next !== row) next.querySelector("a.row-subject").focus();
};

export const watchList = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.row-subject");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || link.closest(".board")) return goBack(event);
    event.preventDefault();
    openRow(link);
  });
  // The server knows every address: what the browser goes back to is shown as it is now, at the place where it was left.
  if (list()) onReturn(() => location.reload());
  document.addEventListener("steward:rows", () => refreshRows());
  document.addEventListener("steward:changed", markSeen);
  document.addEventListener("visibilitychange", markSeen);
  document.addEventListener("steward:unread", markUnread);
  markSeen();
};
