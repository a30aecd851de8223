// Pickers close when one looks elsewhere, and are walked with the arrows.

const opened = () => [...document.querySelectorAll("details.picker[open], details.me-menu[open]")];

const close = (menu, { refocus = false } = {}) => {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
};

const walk = (menu, by) => {
  const stops = [...menu.querySelectorAll(".menu :is(button, input:not([type=hidden]))")];
  const here = stops.indexOf(document.activeElement);
  stops[(here + by + stops.length) % stops.length]?.focus();
};

const onKey = (event) => {
  const menu = opened().find((one) => one.contains(event.target));
  if (!menu) return;
  if (event.key === "Escape") close(menu, { refocus: true });
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
      if (event.target.matches?.("details.picker") && event.target.open) event.target.querySelector(".menu :is(input:not([type=hidden]), [aria-current], button)")?.focus();
    },
    true,
  );
};
