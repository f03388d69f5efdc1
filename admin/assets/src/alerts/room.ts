import "./marks.css";
import "./editor.css";
import "./page.css";
import { startEditor } from "./editor";

export function start(): void {
  const editor = document.querySelector<HTMLFormElement>("form[data-editor]");
  if (editor) startEditor(editor);
}
