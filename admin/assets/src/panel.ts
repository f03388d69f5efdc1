import "./shell/sheets";
import "../../../web/design/icons.svg?url";
import "./shell/logo.svg?url";
import "htmx.org";

import { startRooms } from "./rooms";
import { startDialogs } from "./shell/dialogs";
import { startDrafts } from "./shell/drafts";
import { startForms } from "./shell/forms";
import { replaceRefusedAnswer } from "./shell/history";
import { startKeys } from "./shell/keys";
import { startLines } from "./shell/lines";
import { startMenus } from "./shell/menus";

replaceRefusedAnswer();
startDialogs();
startDrafts(); // before the others: they begin with what stands in the forms
startForms();
startLines();
startMenus();
startKeys();
startRooms();

// a page of the browser's back-forward store must not show a tip after its reader has signed out
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
