// A message with its own markup lies in a frame that can run nothing. Its height is taken from here.

// What was measured is remembered for the session, so that nothing jumps when the ticket is opened again.

const HEIGHT_MAX = 20_000;
const place = (frame) => `frame:${frame.getAttribute("src")}:${Math.round(frame.clientWidth / 8)}`;

const recall = (frame) => {
  try {
    const height = Number(sessionStorage.getItem(place(frame)));
    if (height > 0) frame.style.blockSize = `${height}px`;
  } catch { /* A browser that keeps nothing measures anew. */ }
};

const measure = (frame) => {
  const inner = frame.contentDocument?.documentElement;
  const body = frame.contentDocument?.body;
  if (!inner || !body) return;
  // The body's own height: that of the document is never less than the frame's.
  const height = Math.min(Math.max(Math.ceil(body.getBoundingClientRect().height), 24), HEIGHT_MAX);
  const wide = inner.scrollWidth > inner.clientWidth ? 16 : 0;
  frame.style.blockSize = `${height + wide}px`;
  try { sessionStorage.setItem(place(frame), height + wide); } catch { /* See above. */ }
};

const watch = (frame) => {
  if (frame.dataset.watched) return;
  frame.dataset.watched = "yes";
  recall(frame);
  const begin = () => {
    const body = frame.contentDocument?.body;
    if (!body) return;
    measure(frame);
    new ResizeObserver(() => measure(frame)).observe(body);
  };
  frame.addEventListener("load", begin);
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") begin();
};

export const watchFrames = () => {
  const all = () => document.querySelectorAll(".message-frame").forEach(watch);
  all();
  document.addEventListener("steward:changed", all);
  const timeline = document.querySelector("#timeline");
  // What came last is what is answered.
  if (timeline && !location.hash) timeline.scrollTop = timeline.scrollHeight;
};
