// Changes of many tickets that go on: their page and the line at the side look again until they have ended.
import { fetchPage } from "./page.js";

const AGAIN_MS = 1_000;
const PARTS = [".bulk-state", "progress", "progress + p", ".bulk-figures"];

const exchange = (now, fresh) => (fresh ? now.replaceWith(document.adoptNode(fresh)) : now.remove());

const look = async () => {
  const run = document.querySelector("#bulk-run[data-going]");
  const page = await fetchPage(run ? location.href : "/desk/fragments/navigation");
  const fresh = run && page?.querySelector("#bulk-run");
  // Whoever rests on a button there stays on it as long as it goes on.
  const stays = fresh && "going" in fresh.dataset && run.contains(document.activeElement);
  if (fresh && !stays) exchange(run, fresh);
  for (const part of stays ? PARTS : []) {
    const [now, other] = [run.querySelector(part), fresh.querySelector(part)];
    if (now && other) exchange(now, other);
  }
  const line = document.querySelector(".navigation-working");
  if (page && line) exchange(line, page.querySelector(".navigation-working"));
  watchRuns();
};

export const watchRuns = () => {
  if (document.querySelector("#bulk-run[data-going], .navigation-working")) setTimeout(look, AGAIN_MS);
};
