/** The large picture of a photo, in a dialog; Escape or the button closes it, the buttons and the arrow keys go on. */
export function startPhotos(viewer: HTMLDialogElement): void {
  const thumbs = [...document.querySelectorAll<HTMLButtonElement>("[data-large]")];
  const picture = viewer.querySelector("img");
  const caption = viewer.querySelector<HTMLElement>("[data-caption]");
  const steps = viewer.querySelectorAll<HTMLButtonElement>("[data-step]");
  let at = 0;

  const show = (index: number): void => {
    const thumb = thumbs[index];
    if (!thumb || !picture) return;
    at = index;
    picture.src = thumb.dataset["large"] ?? "";
    const words = (caption?.dataset["text"] ?? "{n}").replace("{n}", String(index + 1)).replace("{all}", String(thumbs.length));
    picture.alt = words;
    if (caption) caption.textContent = words;
    for (const step of steps) step.toggleAttribute("disabled", !thumbs[index + Number(step.dataset["step"])]);
    if (!viewer.open) viewer.showModal();
  };

  thumbs.forEach((thumb, index) => thumb.addEventListener("click", () => show(index)));
  for (const step of steps) step.addEventListener("click", () => show(at + Number(step.dataset["step"])));
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(Math.min(at + 1, thumbs.length - 1));
    if (event.key === "ArrowLeft") show(Math.max(at - 1, 0));
  });
  viewer.addEventListener("close", () => picture?.removeAttribute("src"));
}
