// A page that outlives its session goes on: nothing typed is lost, and after signing in in another tab this one has the new token.

const LOOK_MS = 5_000;
const CHANNEL = "steward";

let bar = null;
let looking = 0;

const shell = () => document.querySelector(".shell");

const put = (text, link) => {
  bar ??= document.body.appendChild(document.createElement("div"));
  bar.className = "session-bar";
  bar.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = text;
  bar.replaceChildren(words);
  if (!link) return;
  const way = document.createElement("a");
  way.className = "button primary";
  way.href = `/login?back=${encodeURIComponent(location.pathname + location.search)}`;
  way.target = "_blank";
  way.rel = "opener";
  way.textContent = link;
  bar.append(way);
};

const renew = (csrf) => {
  shell().dataset.csrf = csrf;
  for (const field of document.querySelectorAll("input[name=csrf]")) field.value = csrf;
  bar?.remove();
  bar = null;
  clearInterval(looking);
  looking = 0;
  document.dispatchEvent(new CustomEvent("steward:signed-in"));
};

const look = async () => {
  const response = await fetch("/desk/session", { headers: { accept: "text/event-stream, application/json" } }).catch(() => null);
  if (!response?.ok) return;
  const now = await response.json();
  if (now.person === shell().dataset.reader) renew(now.csrf);
  else put(shell().dataset.sayOther, "");
};

/** The server no longer knows this page. */
export const signedOut = () => {
  if (!shell()?.dataset.reader) return;
  if (!bar) put(shell().dataset.saySignedOut, shell().dataset.saySignIn);
  looking ||= setInterval(look, LOOK_MS);
};

export const watchSession = () => {
  if (!shell()?.dataset.reader) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => looking && look();
  channel.postMessage("here");
  document.addEventListener("visibilitychange", () => looking && !document.hidden && look());
};

