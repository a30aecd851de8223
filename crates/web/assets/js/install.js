// The worker that keeps scripts and styles, and shows a page of its own while the desk cannot be reached.
import { worker } from "./page.js";

export const watchInstall = () => {
  if (!("serviceWorker" in navigator)) return;
  // After the page: nothing on it waits for this.
  window.addEventListener("load", () => navigator.serviceWorker.register(worker()).catch(() => { /* Everything works without it. */ }));
};
