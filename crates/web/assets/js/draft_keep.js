// What is typed lies on the server a moment later. What cannot be sent there waits in this browser and is sent after the next sign-in.
import { contentOf, isReview, placeOf, showRevision, showTools, tell } from "./draft_form.js";
import { place as page } from "./presence.js";
import { signedOut } from "./session.js";
import { waiting } from "./waiting.js";
import { read, typed as tellTyped } from "./writing.js";

const SETTLE_MS = 1_000;
/** Somebody who never pauses is saved nevertheless. */
const AT_MOST_MS = 5_000;
/** Browsers let no more than this outlive a page. */
const OUTLIVES_BYTES = 60_000;

/** What is known of each form's draft. */
const known = new WeakMap();
/** Forms in which something was typed, also those that have left the page since. */
const forms = new Set();

export const shell = () => document.querySelector(".shell");
export const stateOf = (form) => {
  if (!known.has(form)) known.set(form, { id: null, revision: null, read: null, whole: null, changes: 0, saved: 0, timer: 0, since: 0, sending: null, leaving: false });
  return known.get(form);
};
export const idOf = (form) => stateOf(form).id;

/** Whether something stands in it that no draft has. */
export const isDirty = (form) => stateOf(form).changes !== stateOf(form).saved;

export const adopt = (form, draft) => {
  const state = stateOf(form);
  state.id = draft?.id ?? null;
  state.revision = draft?.revision ?? null;
  showTools(form, draft);
};

export const fetchDraft = async (place) => {
  const response = await fetch(`/desk/drafts/at?place=${encodeURIComponent(place)}`, { headers: { accept: "application/json" } }).catch(() => null);
  return response?.status === 200 ? response.json() : null;
};

const bodyOf = (form) => {
  const { revision, whole } = stateOf(form);
  const writing = whole?.writing ?? read(form).writing;
  return { csrf: shell()?.dataset.csrf ?? "", place: placeOf(form), page, base: revision, writing, content: contentOf(form, whole) };
};

/** Words of a review go with the recipients and files that their writer chose: without knowing them nothing is saved. */
const lacksWhole = async (form) => {
  const state = stateOf(form);
  state.whole ??= await fetchDraft(placeOf(form));
  return !state.whole;
};

/** Sends what is written now; everything typed meanwhile goes with the next one. */
const send = async (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  Object.assign(state, { timer: 0, since: 0 });
  if (isReview(form) && !state.whole && (await lacksWhole(form))) return unsaved(form);
  const { changes } = state;
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
  if (known.get(form) !== state) return;
  state.saved = changes;
  if (state.changes === changes) waiting.drop(placeOf(form));
  adopt(form, saved.draft);
  // What a colleague writes meanwhile was not read here, and is not sent from here.
  state.read = saved.held_by ? null : (saved.draft?.revision ?? null);
  if (state.read) showRevision(form, state.read);
  tell(form, saved.told || saved.draft?.told || "");
};

/** Tried again after the next key, when the page is looked at again, and after signing in. */
const unsaved = (form) => {
  stateOf(form).saved = -1;
  tell(form, shell()?.dataset.sayUnsaved ?? "");
};

/** One save at a time for each form, so that the newest comes last. */
export const save = (form) => {
  const state = stateOf(form);
  state.sending = (state.sending ?? Promise.resolve()).then(() => send(form));
  return state.sending;
};

export const saveAll = () => {
  for (const form of forms) saveDirty(form);
};

/** Saves what no draft has yet, unless it is on its way out as a message. */
export const saveDirty = (form) => isDirty(form) && !stateOf(form).leaving && save(form);

export const typed = (form) => {
  const state = stateOf(form);
  forms.add(form);
  state.changes += 1;
  waiting.put(placeOf(form), bodyOf(form));
  if (state.leaving) return;
  state.since ||= Date.now();
  clearTimeout(state.timer);
  const wait = Math.max(0, Math.min(SETTLE_MS, state.since + AT_MOST_MS - Date.now()));
  state.timer = setTimeout(() => save(form), wait);
};

/** Before a form is sent: nothing of it is still on its way to the drafts. */
export const settled = async (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.leaving = true;
  await state.sending;
};

/** It was refused, or the way there was cut: what no draft has goes to the drafts after all. */
export const unsent = (form) => {
  stateOf(form).leaving = false;
  saveDirty(form);
};

/** The server has made a message of it. */
export const sent = (form) => {
  clearTimeout(stateOf(form).timer);
  forms.delete(form);
  waiting.drop(placeOf(form));
  known.delete(form);
  showTools(form, null);
  tell(form, "");
};

/** The server has made a message of what stood there; what stands there now is the beginning of another one. */
export const goOn = (form) => {
  sent(form);
  tellTyped(form);
};

/** What is done beside words that somebody writes is done with all of them; false when they could not be saved. */
export const savedBeside = async (form) => {
  const beside = [...(form.closest(".review")?.querySelectorAll("form[data-editor]") ?? [])];
  for (const other of beside) {
    saveDirty(other);
    await stateOf(other).sending;
    // The sheet may have been exchanged meanwhile, and this form with it.
    if (form.elements.revision) form.elements.revision.value = stateOf(other).read ?? form.elements.revision.value;
  }
  return !beside.some(isDirty);
};
