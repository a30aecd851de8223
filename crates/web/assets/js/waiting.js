// What could not be brought to the server yet, in this browser. It is kept for each person apart: whoever signs in next never sees it.

const KEY = "steward.draft.";
/** A shared machine does not keep it for ever. */
const KEPT_MS = 7 * 24 * 3_600_000;

const keyOf = (place) => `${KEY}${document.querySelector(".shell")?.dataset.reader ?? ""}.${place}`;

const each = (visit) => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) visit(key);
};

export const waiting = {
  put(place, body) {
    try {
      const { csrf: _, ...kept } = body;
      localStorage.setItem(keyOf(place), JSON.stringify({ ...kept, at: Date.now() }));
    } catch {
      // A browser that keeps nothing still sends.
    }
  },
  get(place) {
    try {
      const kept = JSON.parse(localStorage.getItem(keyOf(place)) ?? "null");
      return kept?.content ? kept : null;
    } catch {
      return null;
    }
  },
  drop(place) {
    localStorage.removeItem(keyOf(place));
  },
  /** The next person at this machine must not find what the last one typed. */
  forgetAll() {
    each((key) => localStorage.removeItem(key));
  },
  forgetOld() {
    each((key) => {
      let at = 0;
      try {
        at = JSON.parse(localStorage.getItem(key)).at;
      } catch {
        // Not one of ours: it goes.
      }
      if (!(Date.now() - at < KEPT_MS)) localStorage.removeItem(key);
    });
  },
};

export const watchWaiting = () => {
  waiting.forgetOld();
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".sign-out")) waiting.forgetAll();
  });
};
