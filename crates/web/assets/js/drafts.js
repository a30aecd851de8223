// What is typed lies on the server a moment later. What cannot be sent there waits in this browser and is sent after the next sign-in.
import { contentOf, isKept, placeOf, showTools, tell } from "./draft_form.js";
import { learnDrafts } from "./drafted.js";
import { place as page } from "./presence.js";
import { signedOut } from "./session.js";
import { waiting } from "./waiting.js";
import { clear, editors, isEmpty, read, restore } from "./writing.js";

const SETTLE_MS = 1_000;
/** Somebody who never pauses is saved nevertheless. */
const AT_MOST_MS = 5_000;
/** Browsers let no more than this outlive a page. */
const OUTLIVES_BYTES = 60_000;

/** What is known of each form's draft. */
const known = new WeakMap();

const shell = () => document.querySelector(".shell");
const stateOf = (form) => {
  if (!known.has(form)) known.set(form, { id: null, revision: null, dirty: false, timer: 0, since: 0, sending: null });
  return known.get(form);
};
const adopt = (form, draft) => {
  const state = stateOf(form);
  state.id = draft?.id ?? null;
  state.revision = draft?.revision ?? null;
  showTools(form, draft);
};

const fill = async (form, draft) => {
  for (const [name, value] of Object.entries(draft.fields ?? {})) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  await restore(form, draft);
};

const bodyOf = (form) => ({
  csrf: shell()?.dataset.csrf ?? "",
  place: placeOf(form),
  page,
  base: stateOf(form).revision,
  writing: read(form).writing,
  content: contentOf(form),
});

/** Sends what is written now; everything typed meanwhile goes with the next one. */
const send = async (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  Object.assign(state, { timer: 0, since: 0, dirty: false });
  const body = JSON.stringify(bodyOf(form));
  waiting.put(placeOf(form), JSON.parse(body));
  let response;
  try {
    const keepalive = body.length < OUTLIVES_BYTES;
    response = await fetch("/desk/drafts/save", { method: "POST", body, keepalive, headers: { "content-type": "application/json", accept: "application/json" } });
  } catch {
    return unsaved(form);
  }
  if (response.status === 401 || response.status === 403) signedOut();
  if (!response.ok) return unsaved(form);
  const saved = await response.json();
  if (!state.dirty) waiting.drop(placeOf(form));
  adopt(form, saved.draft);
  tell(form, saved.told || saved.draft?.told || "");
};

/** Tried again after the next key, when the page is looked at again, and after signing in. */
const unsaved = (form) => {
  stateOf(form).dirty = true;
  tell(form, shell()?.dataset.sayUnsaved ?? "");
};

/** One save at a time for each form, so that the newest comes last. */
export const save = (form) => {
  const state = stateOf(form);
  state.sending = (state.sending ?? Promise.resolve()).then(() => send(form));
  return state.sending;
};

/** Before a form is sent: nothing of it is still on its way to the drafts. */
export const settled = async (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.dirty = false;
  await state.sending;
};

export const saveAll = () => {
  for (const form of forms) if (stateOf(form).dirty) save(form);
};

/** Forms in which something was typed, also those that have left the page since. */
const forms = new Set();

const typed = (form) => {
  const state = stateOf(form);
  forms.add(form);
  state.dirty = true;
  state.since ||= Date.now();
  clearTimeout(state.timer);
  const wait = Math.max(0, Math.min(SETTLE_MS, state.since + AT_MOST_MS - Date.now()));
  state.timer = setTimeout(() => save(form), wait);
  waiting.put(placeOf(form), bodyOf(form));
};

/** The server has made a message of it. */
export const sent = (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  forms.delete(form);
  waiting.drop(placeOf(form));
  known.delete(form);
  showTools(form, null);
  tell(form, "");
};

const fetchDraft = async (place) => {
  const response = await fetch(`/desk/drafts/at?place=${encodeURIComponent(place)}`, { headers: { accept: "application/json" } }).catch(() => null);
  return response?.status === 200 ? response.json() : null;
};

/** Puts what was written before into a form that has just come onto the page. */
const open = async (form) => {
  if (form.dataset.kept) return;
  form.dataset.kept = "yes";
  const place = placeOf(form);
  if (place.startsWith("draft:")) {
    Object.assign(stateOf(form), { id: place.slice(6), revision: Number(form.dataset.revision) });
    return;
  }
  const here = waiting.get(place);
  const draft = await fetchDraft(place);
  const wrote = !isEmpty(form);
  if (draft) adopt(form, draft);
  // What was taken back, or typed while we asked, is newer than anything that was kept.
  if (wrote) return typed(form);
  if (here) {
    stateOf(form).revision = here.base;
    await fill(form, { ...here.content, writing: here.writing });
    typed(form);
  } else if (draft) {
    await fill(form, draft);
    tell(form, draft.told);
  }
};

/** Somebody's cursor stands in one of its fields. */
const isUnderHands = (form) => form.contains(document.activeElement) && document.activeElement.matches("textarea, input, [contenteditable]");

/** Shows in this form what another page of the same person wrote; never under somebody's hands. */
export const refresh = async (change) => {
  for (const form of editors()) {
    const state = stateOf(form);
    if (placeOf(form) !== change.place) continue;
    if (!change.open) {
      // Sent or thrown away, here or by whoever it was shown to.
      if (state.id === change.id && !state.dirty && !isUnderHands(form)) {
        await clear(form);
        sent(form);
      }
    } else if (change.page === page || state.revision === change.revision) {
      continue;
    } else if (state.dirty || isUnderHands(form)) {
      tell(form, shell()?.dataset.sayElsewhere ?? "");
    } else {
      const draft = await fetchDraft(placeOf(form));
      if (!draft) continue;
      adopt(form, draft);
      await fill(form, draft);
      tell(form, draft.told);
    }
  }
};

export const idOf = (form) => stateOf(form).id;

export const watchDrafts = () => {
  if (!shell()?.dataset.live) return;
  const openAll = () => editors().filter(isKept).forEach(open);
  new MutationObserver(openAll).observe(document.querySelector("main"), { childList: true, subtree: true });
  document.addEventListener("steward:typed", (event) => isKept(event.detail) && typed(event.detail));
  document.addEventListener("steward:sent", (event) => event.detail && sent(event.detail));
  document.addEventListener("steward:signed-in", saveAll);
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.("form[data-editor]");
    if (form && stateOf(form).dirty) save(form);
  });
  document.addEventListener("visibilitychange", saveAll);
  window.addEventListener("pagehide", saveAll);
  window.addEventListener("online", saveAll);
  document.addEventListener("steward:live", (event) => {
    const { name, data } = event.detail;
    if (name === "draft") JSON.parse(data).forEach(refresh);
    if (name === "draft" || name === "drafts") learnDrafts(name, JSON.parse(data));
  });
  openAll();
};

