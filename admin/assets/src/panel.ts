import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/500.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "./styles/tabler.scss";
import "../../../web/design/tokens.css";
import "./styles/base.css";
import "./styles/desk.css";
import "./styles/controls.css";
import "./styles/marks.css";
import "./styles/queue.css";
import "./styles/tip.css";
import "./styles/alerts.css";
import "./styles/pages.css";
import "./styles/narrow.css";
import "../../../web/design/icons.svg?url";
import "./logo.svg?url";
import "htmx.org";

import { keepAddress } from "./addresses";
import { startDialogs } from "./dialogs";
import { startDrafts } from "./drafts";
import { startEditor } from "./editor";
import { startForms } from "./forms";
import { startKeys } from "./keys";
import { startMenus } from "./menus";
import { startPhotos } from "./photos";
import { startQueue } from "./queue";
import { startTip } from "./tip";

keepAddress();
startDialogs();
startDrafts(); // before the others: they begin with what stands in the forms
startForms();
startMenus();
startKeys();

const queue = document.querySelector<HTMLElement>("[data-queue]");
if (queue) startQueue(queue);

const tip = document.querySelector<HTMLElement>("[data-tip]");
if (tip) startTip(tip);

const editor = document.querySelector<HTMLFormElement>("form[data-editor]");
if (editor) startEditor(editor);

const viewer = document.querySelector<HTMLDialogElement>("dialog[data-viewer]");
if (viewer) startPhotos(viewer);

const map = document.querySelector<HTMLElement>("[data-map]");
if (map) void import("./map").then(({ drawMap }) => drawMap(map));

// a page of the browser's back-forward store must not show a tip after its reader has signed out
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
