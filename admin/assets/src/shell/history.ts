/**
 * The answer to a refused form is kept in the browser's history under the address of the page that has the form. Going
 * back to it or reloading it then opens that page, and the browser does not ask to send the form again.
 */
export function replaceRefusedAnswer(): void {
  const page = document.body.dataset["answer"];
  const [answer] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (page && answer && answer.responseStatus >= 400) history.replaceState(null, "", page);
}
