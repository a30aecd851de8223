// A message with its own markup lies in a frame that can run nothing. Its height is taken from here.

const measure = (frame) => {
  const inner = frame.contentDocument?.documentElement;
  if (!inner) return;
  frame.style.blockSize = `${Math.min(Math.max(inner.scrollHeight, 24), 20_000)}px`;
};

const watch = (frame) => {
  if (frame.dataset.watched) return;
  frame.dataset.watched = "yes";
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
