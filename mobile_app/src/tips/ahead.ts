/** The rest of the flow, fetched while there is a network: a tip begun online must be finished without one. */
export function loadAhead(): void {
  const rest = [import("./TipText.svelte"), import("./TipPlace.svelte"), import("./TipName.svelte"), import("./TipSending.svelte")];
  void Promise.allSettled(rest);
}
