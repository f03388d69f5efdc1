/** What follows when the reader has said where they live: the group, then notifications, then back to where they were. */
import type { Ward } from "../lib/place.svelte";
import { push } from "../lib/push.svelte";
import { back, go } from "../lib/router.svelte";

export function afterWard(ward: Ward): void {
  if (ward.active) go("/to-dan-pho", { replace: true });
  else back("/");
}

export function afterArea(): void {
  if (push.asked) back("/");
  else go("/thong-bao", { replace: true });
}
