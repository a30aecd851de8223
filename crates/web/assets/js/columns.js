// Columns become wider and narrower by their edge: with the pointer, or with the arrows while the edge has the focus.

const UNIT_PX = 8;
const SETTLE_MS = 400;

let dragged = null;
/** The width that is about to be kept, by column. */
const keeping = new Map();

const list = () => document.querySelector("[data-list]");
const headOf = (edge) => edge.closest("[data-column]");

const apply = (head, units) => {
  const edge = head.querySelector(".edge");
  const fit = Math.min(Math.max(units, Number(edge.ariaValueMin)), Number(edge.ariaValueMax));
  const was = `w${head.dataset.units}`;
  head.dataset.units = fit;
  edge.ariaValueNow = String(fit);
  for (const cell of list().querySelectorAll(`.cell.c-${head.dataset.column}`)) {
    cell.classList.remove(was);
    cell.classList.add(`w${fit}`);
  }
};

const keep = (head) => {
  const { column } = head.dataset;
  clearTimeout(keeping.get(column));
  const later = setTimeout(() => {
    const form = document.querySelector("#choose");
    const body = new URLSearchParams(new FormData(form));
    body.set("width", `${column}:${head.dataset.units}`);
    body.set("of", head.closest("[data-layout]").dataset.layout);
    // A width that could not be kept is a width of today.
    fetch(form.action, { method: "POST", body }).catch(() => {});
  }, SETTLE_MS);
  keeping.set(column, later);
};

const onKey = (event) => {
  const edge = event.target.closest?.(".edge");
  if (!edge) return;
  const head = headOf(edge);
  const now = Number(head.dataset.units);
  const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: Number(edge.ariaValueMin), End: Number(edge.ariaValueMax) }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  apply(head, next);
  keep(head);
};

const grab = (event) => {
  const edge = event.target.closest?.(".edge");
  if (!edge || event.button !== 0) return;
  event.preventDefault();
  edge.setPointerCapture(event.pointerId);
  edge.classList.add("dragged");
  dragged = { edge, head: headOf(edge), from: event.clientX, units: Number(headOf(edge).dataset.units) };
};

const drag = (event) => {
  if (!dragged) return;
  const units = dragged.units + Math.round((event.clientX - dragged.from) / UNIT_PX);
  if (units !== Number(dragged.head.dataset.units)) apply(dragged.head, units);
};

const drop = () => {
  if (!dragged) return;
  dragged.edge.classList.remove("dragged");
  keep(dragged.head);
  dragged = null;
};

/** A list that looks otherwise begins at its beginning, with the same ticket beside it. */
const comeBack = (form) => {
  const back = new URL(location.href);
  for (const gone of ["after", "before", "cursor", "told", "step"]) back.searchParams.delete(gone);
  if (back.searchParams.has("list")) back.searchParams.set("list", list().dataset.list);
  form.elements.back.value = back.pathname + back.search;
};

export const watchColumns = () => {
  if (!list()) return;
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", grab);
  document.addEventListener("pointermove", drag);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, drop);
  document.addEventListener("submit", (event) => event.target.matches("[data-choose]") && comeBack(event.target));
};
