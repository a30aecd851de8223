// Tickets opened in this tab, newest first: what the empty palette offers.

const KEY = "steward.recent";
const MOST = 7;

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
};

const write = (entries) => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries));
  } catch { /* A browser that keeps nothing has nothing recent. */ }
};

const note = () => {
  const number = document.querySelector("#ticket")?.dataset.ticket;
  const title = document.querySelector("#ticket-title")?.textContent.trim();
  if (!number || !title) return;
  const rest = read().filter((one) => one.number !== number);
  write([{ number, label: `${number} ${title}`, href: `/desk/tickets/${number}` }, ...rest].slice(0, MOST));
};

/** What was opened before, without the ticket that is open now. */
export const recent = () => read().filter((one) => one.number !== document.querySelector("#ticket")?.dataset.ticket);

export const watchRecent = () => {
  note();
  document.addEventListener("steward:changed", note);
  // The next person at this machine must not see what the last one looked at.
  document.addEventListener("submit", (event) => event.target.matches(".sign-out") && write([]));
};
