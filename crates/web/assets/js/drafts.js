// Drafts come back into the forms in which they were written, and follow what other pages of the same person write.
import { isKept, isReview, placeOf, tell } from "./draft_form.js";
import { adopt, fetchDraft, isDirty, save, saveAll, saveDirty, sent, shell, stateOf, typed } from "./draft_keep.js";
import { learnDrafts } from "./drafted.js";
import { place as page } from "./presence.js";
import { waiting } from "./waiting.js";
import { clear, editors, isEmpty, restore } from "./writing.js";

const fill = async (form, draft) => {
  if (isReview(form)) return restore(form, { body: draft.body, format: draft.format });
  for (const [name, value] of Object.entries(draft.fields ?? {})) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  await restore(form, draft);
};

/** A review that somebody goes to write in: the words as they are now, and what the sheet does not show of them. */
const openReview = async (form) => {
  const state = stateOf(form);
  state.revision = Number(form.dataset.revision);
  const here = waiting.get(placeOf(form));
  const draft = await fetchDraft(placeOf(form));
  if (!draft) {
    delete form.dataset.kept;
    return;
  }
  state.whole = draft;
  // What was typed while we asked began from the words that the page came with.
  if (isDirty(form)) return;
  adopt(form, draft);
  if (here) state.revision = here.base;
  await fill(form, here?.content ?? draft);
  if (here) typed(form);
};

/** Puts what was written before into a form that has just come onto the page. */
const open = async (form) => {
  if (form.dataset.kept || (isReview(form) && !form.closest("details").open)) return;
  form.dataset.kept = "yes";
  if (isReview(form)) return openReview(form);
  const place = placeOf(form);
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
const refresh = async (change) => {
  for (const form of editors()) {
    const state = stateOf(form);
    if (placeOf(form) !== change.place) continue;
    if (!change.open) {
      // Sent or thrown away, here or by whoever it was shown to.
      if (state.id === change.id && !isDirty(form) && !isUnderHands(form)) {
        await clear(form);
        sent(form);
      }
    } else if (change.page === page || state.revision === change.revision) {
      continue;
    } else if (isDirty(form) || isUnderHands(form)) {
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

let following = Promise.resolve();

export const watchDrafts = () => {
  if (!shell()?.dataset.live) return;
  const openAll = () => editors().filter(isKept).forEach(open);
  new MutationObserver(openAll).observe(document.querySelector("main"), { childList: true, subtree: true });
  // `toggle` does not bubble.
  document.addEventListener("toggle", (event) => event.target.matches?.(".review-edit") && openAll(), true);
  document.addEventListener("steward:typed", (event) => isKept(event.detail) && typed(event.detail));
  document.addEventListener("steward:sent", (event) => event.detail && sent(event.detail));
  document.addEventListener("steward:save", (event) => isKept(event.detail) && save(event.detail));
  document.addEventListener("steward:signed-in", saveAll);
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.("form[data-editor]");
    if (form) saveDirty(form);
  });
  document.addEventListener("visibilitychange", saveAll);
  window.addEventListener("pagehide", saveAll);
  window.addEventListener("online", saveAll);
  document.addEventListener("steward:live", (event) => {
    const { name, data } = event.detail;
    // One after the other: words that were fetched before they were sent must not come back after it.
    if (name === "draft") for (const change of JSON.parse(data)) following = following.then(() => refresh(change)).catch(() => {});
    if (name === "draft" || name === "drafts") learnDrafts(name, JSON.parse(data));
  });
  openAll();
};
