// What a form will most likely do is shown before the answer comes, and taken back when it is refused.
import { selectNext } from "./list.js";
import { ticket } from "./page.js";
import { expectLeaving } from "./rows.js";

const ENDS = ["resolved", "closed", "cancelled", "rejected"];
const nothing = () => {};

/** Shows it; gives back how to take it back. */
export const expect = (form, submitter) => {
  const number = ticket()?.dataset.ticket;
  if (!number || !form.matches("[data-swap]") || !form.action.endsWith("/status")) return nothing;
  const picker = form.closest("details[open]");
  if (picker) picker.open = false;
  const chip = document.querySelector("#ticket-head .chip");
  const was = chip?.textContent;
  const label = submitter?.querySelector?.("span:not(.menu-mark, .kbd)")?.textContent;
  if (chip && label) chip.textContent = label;
  const isEnd = ENDS.includes(submitter?.value);
  const takeBack = isEnd ? expectLeaving(number) : nothing;
  if (isEnd) selectNext(number);
  return () => {
    takeBack();
    if (chip) chip.textContent = was;
  };
};
