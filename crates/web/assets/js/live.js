// Other people's changes arrive by themselves. The server says which ticket changed; what it looks like now is fetched.
import { awaitCounts, refreshCounts } from "./counts.js";
import { forget } from "./prefetch.js";
import { refreshRows } from "./rows.js";
import { fetchPage, ticket, updateTicket } from "./page.js";
import { say, words } from "./notices.js";
import { place } from "./presence.js";

const GATHER_MS = 400;
/** A browser gives up by itself when the answer is an error, as it is while a proxy waits for us to start again. */
const AGAIN_MS = 10_000;
/** Ages such as "3 m" grow by themselves. */
const AGES_MS = 60_000;

let source = null;
let gathering = 0;
let changed = new Set();
let hasTold = false;

const refresh = async () => {
  const numbers = changed;
  changed = new Set();
  gathering = 0;
  const now = ticket();
  if (now && (numbers.has(now.dataset.ticket) || numbers.has("*"))) {
    const page = await fetchPage(now.dataset.fragment);
    const fresh = page?.querySelector("#ticket");
    if (fresh) updateTicket(fresh);
  }
  await refreshRows({ changed: numbers });
  refreshCounts();
};

/** Many changes at once become one look. */
const soon = (number) => {
  changed.add(number);
  forget(changed);
  gathering ||= setTimeout(refresh, GATHER_MS);
};

/** What is not about the content of a ticket has modules of its own. */
const pass = (name, data) => document.dispatchEvent(new CustomEvent("steward:live", { detail: { name, data } }));

const open = ({ live, shownTo }) => {
  if (source) return;
  source = new EventSource(`${live}?${new URLSearchParams(shownTo ? { page: place, after: shownTo } : { page: place })}`);
  source.addEventListener("ticket", (event) => event.data.split(" ").forEach(soon));
  for (const name of ["presence", "draft", "drafts"]) source.addEventListener(name, (event) => pass(name, event.data));
  source.addEventListener("open", () => {
    pass("open");
    if (hasTold) soon("*");
    hasTold = false;
  });
  source.addEventListener("error", () => {
    if (!hasTold) say(words("sayOffline"), { refused: true });
    hasTold = true;
    if (source?.readyState === EventSource.CLOSED) {
      shut();
      setTimeout(() => document.hidden || open({ live, shownTo }), AGAIN_MS);
    }
  });
};

const shut = () => {
  source?.close();
  source = null;
};

export const watchLive = () => {
  const shell = document.querySelector("[data-live]")?.dataset;
  if (!shell?.live) return;
  open(shell);
  awaitCounts();
  document.addEventListener("steward:edited", (event) => event.detail.forEach(soon));
  // Browsers allow six connections to one host over HTTP/1: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      shut();
    } else {
      open(shell);
      soon("*");
    }
  });
  window.addEventListener("pagehide", shut);
  setInterval(() => document.hidden || refreshRows(), AGES_MS);
};
