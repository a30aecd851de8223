// The drawing of states: one stop for the keyboard, arrow keys from state to state, and a step drawn by pulling one state onto another.
// Whatever is done here can be done in the panel beside it, without scripts too.

const nodes = () => [...document.querySelectorAll("[data-node]")];

/** Only one state is a stop of the Tab key: the one that has the focus, was chosen, or begins. */
const rove = (to) => {
  const all = nodes();
  const here = to ?? all.find((node) => node === document.activeElement) ?? all.find((node) => node.hasAttribute("aria-current")) ?? all[0];
  for (const node of all) node.tabIndex = node === here ? 0 : -1;
};

const middle = (node) => {
  const box = node.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

const step = (event) => {
  const node = event.target.closest?.("[data-node]");
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!node || !way) return;
  event.preventDefault();
  const [x, y] = middle(node);
  let best = null;
  for (const other of nodes()) {
    const [dx, dy] = [middle(other)[0] - x, middle(other)[1] - y];
    const along = dx * way[0] + dy * way[1];
    const cost = along + 2 * (Math.abs(dx * way[1]) + Math.abs(dy * way[0]));
    if (other !== node && along > 4 && (!best || cost < best.cost)) best = { other, cost };
  }
  best?.other.focus();
};

/** The line that follows the pointer, from the middle of a state. */
const pull = (from, event) => {
  const picture = from.closest("svg");
  const matrix = picture?.getScreenCTM()?.inverse();
  if (!matrix) return;
  const at = ([x, y]) => new DOMPoint(x, y).matrixTransform(matrix);
  const [start, end] = [at(middle(from)), at([event.clientX, event.clientY])];
  picture.querySelector(".states-rubber").setAttribute("d", `M${start.x} ${start.y}L${end.x} ${end.y}`);
};

const release = () => {
  for (const node of nodes()) node.classList.remove("target");
  document.querySelector(".states-rubber")?.removeAttribute("d");
};

const watchPulling = () => {
  let from = null;
  const targetOf = (event) => {
    const to = event.target.closest?.("[data-node]");
    return from && to && to !== from ? to : null;
  };
  document.addEventListener("dragstart", (event) => {
    from = event.target.closest?.("[data-node]");
    if (!from) return;
    event.dataTransfer.setData("text/plain", from.dataset.node);
    event.dataTransfer.effectAllowed = "link";
  });
  document.addEventListener("dragover", (event) => {
    if (!from) return;
    pull(from, event);
    const to = targetOf(event);
    for (const node of nodes()) node.classList.toggle("target", node === to);
    if (to) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const [to, form] = [targetOf(event), document.querySelector("form[data-draws]")];
    if (!to || !form) return;
    event.preventDefault();
    form.elements.from.value = from.dataset.node;
    form.elements.to.value = to.dataset.node;
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => {
    from = null;
    release();
  });
};

export const watchDrawing = () => {
  if (!document.querySelector("[data-node]")) return;
  document.addEventListener("keydown", step);
  document.addEventListener("focusin", (event) => {
    const node = event.target.closest?.("[data-node]");
    if (node) rove(node);
  });
  document.addEventListener("steward:part", () => rove());
  watchPulling();
  rove();
};
