// A field with a list of proposals below it (WAI-ARIA combobox): what finds people and tickets, and the line with the query.

export const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));

/** The proposal that the keyboard is at. */
export const active = (field) => document.getElementById(field.getAttribute("aria-activedescendant") ?? "");

export const isOpen = (field) => field.getAttribute("aria-expanded") === "true";

/** Makes a combobox of a field, once; `put` says where its list goes, whose class is its name. */
export const prepare = (field, { name, label, put }) => {
  if (field.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  list.className = name;
  list.id = `${field.id}-${name}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  put(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
};

export const close = (field) => {
  const list = listOf(field);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

/** Shows proposals from another page; none of them is chosen yet. */
export const show = (field, options) => {
  const list = listOf(field);
  if (!list) return;
  options.forEach((option, at) => {
    option.id = `${list.id}-${at}`;
    option.setAttribute("aria-selected", "false");
  });
  list.replaceChildren(...options.map((option) => document.adoptNode(option)));
  list.hidden = options.length === 0;
  list.scrollTop = 0;
  field.setAttribute("aria-expanded", String(options.length > 0));
  field.removeAttribute("aria-activedescendant");
};

/** The keyboard goes to this proposal, or to none. */
export const goTo = (field, next) => {
  for (const option of listOf(field)?.children ?? []) option.setAttribute("aria-selected", String(option === next));
  if (!next) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  field.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
};

/** Chooses a proposal of such a list with the pointer, before the field loses the focus. */
export const watchPointer = (name, choose) => {
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.(`.${name} [role=option]`);
    if (!option) return;
    event.preventDefault();
    choose(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
  });
};
