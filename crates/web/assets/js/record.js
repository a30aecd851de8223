// The panel beside a conversation: what is typed narrows long menus, addresses are copied, the timer ticks, tasks are put in order, and the
// focus stays where somebody worked while the panel is exchanged.
import { say } from "./notices.js";

const TICK_MS = 1_000;

const panel = () => document.querySelector("#about");

/** Shows what only works with script. */
const reveal = () => panel()?.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = !navigator.clipboard));

const copy = async (button) => {
  await navigator.clipboard.writeText(button.dataset.copy);
  say(button.dataset.copied);
};

const narrow = (field) => {
  const wanted = field.value.trim().toLocaleLowerCase();
  for (const item of field.parentElement.querySelectorAll(".menu-items li")) item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
};

/** The clock goes on by itself from what the server said, whatever time this machine believes it is. */
const tick = () => {
  for (const clock of document.querySelectorAll(".timer-clock[data-running=true]")) {
    clock.dataset.since ??= String(performance.now() - Number(clock.dataset.seconds) * 1_000);
    const seconds = Math.floor((performance.now() - Number(clock.dataset.since)) / 1_000);
    const two = (number) => String(number).padStart(2, "0");
    clock.querySelector("b").textContent = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
};

/** Puts a task at a place among all of its ticket, by the form that its menu has. */
const put = (task, place) => {
  const form = task.querySelector(".task-edit form");
  if (!form || place < 0) return;
  const step = document.createElement("button");
  step.name = "step";
  step.value = `move-${place}`;
  step.hidden = true;
  step.formNoValidate = true;
  form.append(step);
  keepFocus(task.querySelector(".task-tick"));
  form.requestSubmit(step);
  step.remove();
};

const placeOf = (task) => Number(task.dataset.place);

const onKey = (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const task = event.target.closest?.("#tasks .task");
  if (!task) return;
  event.preventDefault();
  put(task, placeOf(task) + (event.key === "ArrowUp" ? -1 : 1));
};

let dragged = null;

const onDrag = (event) => {
  const over = event.target.closest?.("#tasks .task");
  if (event.type === "dragstart") {
    dragged = over;
    if (!over) return;
    event.dataTransfer.effectAllowed = "move";
    over.classList.add("dragged");
  } else if (event.type === "dragover" && dragged && over) {
    event.preventDefault();
    panel().querySelectorAll(".task.target").forEach((task) => task.classList.toggle("target", task === over));
    over.classList.add("target");
  } else if (event.type === "drop" && dragged && over) {
    event.preventDefault();
    if (over !== dragged) put(dragged, placeOf(over));
  } else if (event.type === "dragend") {
    panel()?.querySelectorAll(".task").forEach((task) => task.classList.remove("target", "dragged"));
    dragged = null;
  }
};

let returnTo = "";

/** The panel is exchanged when a form was accepted; whoever worked there goes on where they were. */
const keepFocus = (element) => {
  const row = element?.closest?.("details.picker");
  returnTo = (row?.id ? `#${row.id} > summary` : "") || (element?.id ? `#${element.id}` : "");
};

const restoreFocus = () => {
  reveal();
  if (returnTo === "" || (document.activeElement && document.activeElement !== document.body)) return;
  const place = document.querySelector(returnTo);
  returnTo = "";
  place?.focus({ preventScroll: true });
};

const onClick = (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
  const goes = event.target.closest?.("[data-goes]");
  if (!goes) return;
  event.preventDefault();
  const toggle = document.querySelector("[data-toggles=about]");
  if (!document.querySelector("#about")?.checkVisibility()) toggle?.click();
  document.getElementById(goes.dataset.goes)?.scrollIntoView({ block: "start" });
};

export const watchRecord = () => {
  reveal();
  document.addEventListener("click", onClick);
  document.addEventListener("input", (event) => event.target.matches?.("[data-narrows]") && narrow(event.target));
  document.addEventListener("keydown", onKey);
  for (const type of ["dragstart", "dragover", "drop", "dragend"]) document.addEventListener(type, onDrag);
  document.addEventListener("submit", (event) => {
    if (event.target.closest("#about, #ticket-head")) keepFocus(document.activeElement);
  }, true);
  document.addEventListener("steward:changed", restoreFocus);
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".property[open], .task-edit[open]")) event.target.scrollIntoView({ block: "nearest" });
  }, true);
  setInterval(tick, TICK_MS);
};
