/**
 * The answer to a form that was refused stands in the history as the page that has the form: going back to it, or loading
 * it again, opens that page and asks nobody to send the form a second time.
 */
export function keepAddress(): void {
  const page = document.body.dataset["answer"];
  const [answer] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (page && answer && answer.responseStatus >= 400) history.replaceState(null, "", page);
}
