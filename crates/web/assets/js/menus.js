// Pickers close when one looks elsewhere, and are walked with the arrows.

const opened = () => [...document.querySelectorAll("details.picker[open], details.me-menu[open]")];

const close = (menu, { refocus = false } = {}) => {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
};

const isShown = (element) => element.checkVisibility?.() ?? true;

const walk = (menu, by) => {
  const stops = [...menu.querySelectorAll(".menu :is(button, a[href], input:not([type=hidden]))")].filter(isShown);
  const here = stops.indexOf(document.activeElement);
  stops[(here + by + stops.length) % stops.length]?.focus();
};

/** Lists, dates, numbers and long texts have arrows of their own. */
const WALKED = "summary, button, a[href], [data-narrows], [type=checkbox]";

/** What the line before choices is entered for: the first that it leaves, its own button, or going on to the choices. */
const enter = (menu, field) => {
  const items = [...menu.querySelectorAll(".menu-item")].filter(isShown);
  const own = field.parentElement.querySelector("button") ?? menu.querySelector(".menu-end button");
  if (field.matches("[data-narrows]")) items[0]?.click();
  else if (own) own.click();
  else (items.find((item) => item.ariaCurrent) ?? items[0])?.focus();
};

const onKey = (event) => {
  const menu = opened().find((one) => one.contains(event.target));
  if (!menu || event.isComposing) return;
  const isLine = event.target.matches(".menu-reason input, [data-narrows]");
  if (event.key.startsWith("Arrow") && !event.target.matches(WALKED)) return;
  if (event.key === "Enter" && isLine) enter(menu, event.target);
  else if (event.key === "Escape") close(menu, { refocus: true });
  else if (event.key === "ArrowDown") walk(menu, 1);
  else if (event.key === "ArrowUp") walk(menu, -1);
  else return;
  event.preventDefault();
};

const onClick = (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) close(menu);
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const toggler = event.target.closest("[data-toggles=about]");
  if (toggler) {
    event.preventDefault();
    const isShown = document.querySelector("#ticket")?.classList.toggle("shows-about");
    toggler.setAttribute("aria-expanded", String(Boolean(isShown)));
  }
};

export const watchMenus = () => {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  // `toggle` does not bubble.
  document.addEventListener(
    "toggle",
    (event) => {
      const menu = event.target.matches?.("details.picker[open]") && event.target.querySelector(".menu");
      if (menu && !menu.contains(document.activeElement)) event.target.querySelector(".menu :is(input:not([type=hidden]), [aria-current], button, a[href])")?.focus();
    },
    true,
  );
};
