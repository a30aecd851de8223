// Starts what the page has. Everything works without it, with a full page for each step.
import { watchComposer } from "./composer.js";
import { watchForms } from "./forms.js";
import { watchFrames } from "./frames.js";
import { watchInstall } from "./install.js";
import { watchKeys } from "./keys.js";
import { watchList } from "./list.js";
import { watchLive } from "./live.js";
import { watchMenus } from "./menus.js";
import { watchNotices } from "./notices.js";
import { watchPresence } from "./presence.js";
import { watchPalette } from "./palette.js";
import { watchRecent } from "./recent.js";
import { watchPasskeys } from "./passkey.js";

watchNotices();
watchMenus();
watchComposer();
watchFrames();
watchForms();
watchList();
watchKeys();
watchPresence();
watchPalette();
watchRecent();
watchLive();
watchPasskeys();
watchInstall();
