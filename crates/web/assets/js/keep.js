// What somebody has typed or chosen stays when the part of the page around it is exchanged for a newer one.
import { isReview } from "./draft_form.js";
import { isEmpty } from "./writing.js";

const FIELDS = "input:not([type=hidden], [type=submit], [data-narrows]), select, textarea";
const TEXTS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

const chosenAtFirst = (field) => Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);

/** Whether a field holds something else than what the page came with. */
const isChanged = (field) => {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  return field.matches("select") ? field.selectedIndex !== chosenAtFirst(field) : field.value !== field.defaultValue;
};

/** Whether somebody's cursor stands in a field of this part. */
export const isUnderHands = (part) => part.contains(document.activeElement) && document.activeElement.matches(TEXTS);

/** Whether somebody has begun to fill in this form. */
const isBegun = (form) =>
  isUnderHands(form) || [...form.querySelectorAll(FIELDS)].some(isChanged) || Boolean(form.dataset.editor && !isReview(form) && !isEmpty(form));

const nameOf = (form) => `${form.parentElement.closest("[id]")?.id} ${form.dataset.editor ?? form.getAttribute("action")}`;

/** The same form in a newer state of the part around it. */
export const placeIn = (fresh, form, part) => {
  const same = (within) => [...within.querySelectorAll("form")].filter((one) => nameOf(one) === nameOf(form));
  return same(fresh)[same(part).indexOf(form)];
};

const foldName = (fold) => {
  if (fold.id) return fold.id;
  const around = fold.parentElement.closest("[id]");
  return `${around?.id} ${[...(around?.querySelectorAll("details") ?? [])].indexOf(fold)}`;
};

/**
 * What somebody unfolded or folded stays so. A menu or a picker is shut by what was chosen in it, unless something is begun there, and so is a
 * form that makes something once (`data-once`).
 */
const keepFolds = (part, fresh, { done, begun }) => {
  const isMenu = (fold) => fold.matches("[name]") && !begun.some((form) => fold.contains(form));
  const isOver = (fold) => done && fold.matches("[data-once]") && fold.contains(done);
  const folds = [...part.querySelectorAll("details")].filter((fold) => !isMenu(fold) && !isOver(fold));
  const names = new Map(folds.map((fold) => [foldName(fold), fold.open]));
  for (const fold of fresh.querySelectorAll("details")) fold.open = names.get(foldName(fold)) ?? fold.open;
};

/**
 * Puts `fresh` in the place of `part`. Forms that somebody has begun to fill in stay as they are, with the version that they began from; the
 * one that was accepted, `done`, is fresh. Without `must` nothing is exchanged when one of them would have no place; false then.
 */
export const exchange = (part, fresh, { done = null, must = true } = {}) => {
  if (!part || !fresh) return false;
  const begun = [...part.querySelectorAll("form")].filter((form) => form !== done && isBegun(form));
  const next = document.adoptNode(fresh);
  const places = new Map(begun.map((form) => [form, placeIn(next, form, part)]));
  if (!must && [...places.values()].includes(undefined)) return false;
  keepFolds(part, next, { done, begun });
  for (const [form, place] of places) place?.replaceWith(form);
  part.replaceWith(next);
  return true;
};
