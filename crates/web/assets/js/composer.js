// Reply and note share one editor. What is typed stays in this browser until the server has accepted it.

const KEY = "steward.draft.";
const SETTLE_MS = 300;

const composer = () => document.querySelector("#composer");
const keyOf = (form) => KEY + form.dataset.composer;

const read = (form) => {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  } catch {
    return null;
  }
};

const state = (text) => {
  const place = document.querySelector("#composer-state");
  if (place) place.textContent = text;
};

/** Remembers what is typed, in this browser. */
export const keep = (form) => {
  const text = form.elements.body.value;
  try {
    if (text === "") localStorage.removeItem(keyOf(form));
    else localStorage.setItem(keyOf(form), JSON.stringify({ writing: writingOf(form), text }));
    state(text === "" ? "" : form.dataset.saved);
  } catch {
    // A browser that keeps nothing still sends.
    state("");
  }
};

const writingOf = (form) => (form.classList.contains("note") ? "note" : "reply");

/** Switches between reply and note; the text stays. */
export const write = (writing, { focus = true } = {}) => {
  const form = composer();
  if (!form) return;
  form.classList.toggle("note", writing === "note");
  for (const tab of form.querySelectorAll("[role=tab]")) {
    const isChosen = tab.dataset.writing === writing;
    tab.setAttribute("aria-selected", String(isChosen));
    if (isChosen) form.querySelector("[role=tabpanel]").setAttribute("aria-labelledby", tab.id);
  }
  const button = sendButton(form);
  form.action = button.getAttribute("formaction");
  if (form.elements.body.value !== "") keep(form);
  if (focus) form.elements.body.focus();
};

const sendButton = (form) => form.querySelector(writingOf(form) === "note" ? "button.note-only" : "button.reply-only");

/** The server has it: nothing needs to be kept. */
export const forget = (form) => {
  form.elements.body.value = "";
  keep(form);
};

const restore = () => {
  const form = composer();
  if (!form || form.dataset.restored) return;
  form.dataset.restored = "yes";
  const kept = read(form);
  if (kept && form.elements.body.value === "") {
    form.elements.body.value = kept.text;
    write(kept.writing === "note" ? "note" : "reply", { focus: false });
    state(form.dataset.saved);
  }
};

const forgetAll = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key);
};

export const watchComposer = () => {
  restore();
  document.addEventListener("steward:changed", restore);
  let settling = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("#composer");
    if (!form) return;
    clearTimeout(settling);
    settling = setTimeout(() => keep(form), SETTLE_MS);
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("#composer [role=tab]");
    if (!tab || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    write(tab.dataset.writing);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("#composer");
    if (!form) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(sendButton(form));
    } else if (event.key === "Escape" && event.target.matches("textarea")) {
      event.target.blur();
    }
  });
  document.addEventListener("submit", (event) => {
    // The next person at this machine must not find what the last one typed.
    if (event.target.matches(".sign-out")) forgetAll();
  });
};
