import "./marks.css";
import "./queue.css";
import "./page.css";
import { startPage } from "./page";
import { startPhotos } from "./photos";
import { startQueue } from "./queue";

export function start(): void {
  const queue = document.querySelector<HTMLElement>("[data-queue]");
  if (queue) startQueue(queue);

  const page = document.querySelector<HTMLElement>("[data-tip]");
  if (page) startPage(page);

  const viewer = document.querySelector<HTMLDialogElement>("dialog[data-viewer]");
  if (viewer) startPhotos(viewer);

  const map = document.querySelector<HTMLElement>("[data-map]");
  if (map) void import("./map").then(({ drawMap }) => drawMap(map));
}
