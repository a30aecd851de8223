// Logging a call: whoever asks is known as soon as they are named, with what they asked before; the categories are those of the chosen desk.
import { fetchPage } from "./page.js";

let asked = 0;

const form = () => document.querySelector("#new-ticket");

const show = (known) => {
  const place = document.querySelector("#caller-place");
  place?.replaceChildren(...(known ? [document.adoptNode(known)] : []));
  // Name and number are asked of somebody new.
  const fresh = document.querySelector("#new-person");
  if (fresh) fresh.hidden = Boolean(known);
};

const look = async (person) => {
  const mine = ++asked;
  const address = new URL(form().dataset.caller, location.href);
  address.searchParams.set("person", person);
  const page = person === "" ? null : await fetchPage(address);
  if (mine === asked) show(page?.querySelector("#known-caller"));
};

const fitCategories = () => {
  const select = document.querySelector("#category");
  if (!select) return;
  const desk = form().elements.desk.value;
  for (const group of select.querySelectorAll("optgroup")) {
    const fits = group.dataset.desk === desk;
    group.hidden = !fits;
    group.disabled = !fits;
    if (!fits && group.contains(select.selectedOptions[0])) select.value = "";
  }
};

export const watchCaller = () => {
  if (!form()) return;
  fitCategories();
  const field = form().elements.requester;
  if (form().elements.person.value || field.value.includes("@")) look(form().elements.person.value || field.value.trim());
  field.addEventListener("steward:chosen", (event) => {
    look(event.detail.person);
    form().elements.title.focus();
  });
  field.addEventListener("change", () => look(form().elements.person.value || field.value.trim()));
  form().elements.desk.addEventListener("change", fitCategories);
  form().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form().requestSubmit();
  });
};
