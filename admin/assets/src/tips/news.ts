const EVERY_MS = 20_000;

/**
 * `data-news="address"`: asks there now and then, while somebody looks, whether the tip has grown (200) or not (204), and
 * then shows the line of the `template`. What was written is read only by opening the page again, which is recorded.
 */
export function watchNews(place: HTMLElement): void {
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    const status = await fetch(place.dataset["news"] ?? "", { redirect: "manual" }).then(
      (answer) => answer.status,
      () => 503, // no network: perhaps next time
    );
    if (status === 204 || status >= 500) return;
    clearInterval(asking); // said once; and a session that is over (a redirect) asks no more
    if (status === 200) tell(place);
  };
  const asking = setInterval(() => void ask(), EVERY_MS);
}

function tell(place: HTMLElement): void {
  const line = place.querySelector("template")?.content.cloneNode(true);
  if (line) place.append(line);
  place.querySelector("button")?.addEventListener("click", () => location.reload());
}
