// Starts what only the pages of the administration have: what would come of a form, parts that are exchanged, the drawing of states.
import { watchDrawing } from "./drawing.js";
import { watchEffects } from "./effects.js";
import { watchParts } from "./parts.js";

watchEffects();
watchParts();
watchDrawing();
