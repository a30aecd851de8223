// Who gets it: ticks and further addresses, with people found while one types. What sending will do is told anew after each change.
import { fetchPage } from "../page.js";
import { onRestore, typed } from "../writing.js";
import { Suggestions } from "./suggest.js";

const SETTLE_MS = 150;

const isAddress = (text) => /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);

const placeOf = (form) => form.querySelector(".composer-to");

/** Another address, ticked; one that is there already is ticked again. */
const add = (form, address, name = address) => {
  const place = placeOf(form);
  const known = [...place.querySelectorAll("input[type=checkbox]")].find((input) => input.value.toLowerCase() === address.toLowerCase());
  if (known) {
    known.checked = true;
    return;
  }
  const label = document.createElement("label");
  label.className = "tag joining";
  label.title = address;
  const tick = document.createElement("input");
  Object.assign(tick, { type: "checkbox", name: "cc", value: address, checked: true });
  label.append(tick, name);
  place.querySelector(".recipient-add").before(label);
};

/** Takes what stands in the line; what is no address stays there and says so. */
const takeLine = (form, input) => {
  const words = input.value.split(/[\s,;]+/).filter(Boolean);
  if (words.length === 0) return true;
  const wrong = words.filter((word) => !isAddress(word));
  words.filter(isAddress).forEach((word) => add(form, word));
  input.value = wrong.join(" ");
  input.setCustomValidity(wrong.length > 0 ? placeOf(form).dataset.wrong : "");
  input.setAttribute("aria-invalid", String(wrong.length > 0));
  typed(form);
  return wrong.length === 0;
};

const tickAll = (form, which) => {
  for (const input of placeOf(form).querySelectorAll("input[type=checkbox]")) input.checked = which === "all" || input.name === "requester";
  for (const button of placeOf(form).querySelectorAll("[data-recipients]")) button.hidden = button.dataset.recipients === which;
  placeOf(form).querySelector("[data-recipients]:not([hidden])")?.focus();
  typed(form);
};

/** The two lines above the buttons, as the server says them for these recipients and mentions. */
const tell = async (form) => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (["chosen", "requester", "cc", "mention"].includes(name)) query.append(name, value);
  const address = `${placeOf(form).dataset.consequence}?${query}`;
  if (form.dataset.consequence === address) return;
  form.dataset.consequence = address;
  const page = await fetchPage(address);
  if (!page || form.dataset.consequence !== address) return;
  for (const line of form.querySelectorAll(".consequence")) {
    const fresh = page.querySelector(line.classList.contains("note-only") ? ".consequence.note-only" : ".consequence.reply-only");
    if (fresh && fresh.textContent !== line.textContent) line.replaceWith(document.adoptNode(fresh));
  }
};

const watchLine = (form, input) => {
  const list = new Suggestions(input, (option) => {
    input.value = "";
    add(form, option.dataset.email, option.dataset.name || option.dataset.email);
    input.setCustomValidity("");
    typed(form);
    input.focus();
  });
  input.addEventListener("input", () => {
    input.setCustomValidity("");
    const text = input.value.trim();
    if (/[,;]\s*$/.test(input.value)) takeLine(form, input);
    else if (text.length >= 2 && placeOf(form)) list.ask(`${placeOf(form).dataset.people}?q=${encodeURIComponent(text)}`, () => input.getBoundingClientRect());
    else list.close();
  });
  input.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && input.value.trim() !== "") {
      event.preventDefault();
      takeLine(form, input);
      input.reportValidity();
    } else if (event.key === "Backspace" && input.value === "") {
      const last = [...placeOf(form).querySelectorAll("label.joining")].pop();
      if (!last) return;
      last.remove();
      typed(form);
    }
  });
  input.addEventListener("blur", () => {
    list.close();
    takeLine(form, input);
  });
};

let settling = 0;

document.addEventListener("steward:typed", (event) => {
  const form = event.detail;
  if (!placeOf(form)) return;
  clearTimeout(settling);
  settling = setTimeout(() => tell(form), SETTLE_MS);
});

onRestore((form, state) => {
  const place = placeOf(form);
  if (!place || !state.to || !state.cc) return;
  const wanted = new Set([...state.to, ...state.cc]);
  for (const input of place.querySelectorAll("input[type=checkbox]")) input.checked = wanted.has(input.value);
  const known = new Set([...place.querySelectorAll("input[type=checkbox]")].map((input) => input.value));
  for (const address of state.cc) if (!known.has(address)) add(form, address);
  tell(form);
});

export const watchRecipients = (form) => {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-recipients]");
    if (button) tickAll(form, button.dataset.recipients);
    const file = event.target.closest("[data-drops=file]");
    if (file) {
      file.closest("li").remove();
      typed(form);
    }
  });
  // After a message went out the page exchanges this part, so the line is looked up when it is used.
  form.addEventListener("focusin", (event) => {
    const input = event.target;
    if (!input.matches(".recipient-add") || input.dataset.watched) return;
    input.dataset.watched = "yes";
    watchLine(form, input);
  });
  const line = form.querySelector(".recipient-add");
  if (line && document.activeElement === line) line.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
};
