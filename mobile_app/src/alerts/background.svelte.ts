/** What the alerts do in the background. */
import { place } from "../lib/place.svelte";
import { wardAlerts } from "./alerts.svelte";
import { readerId } from "./reader-id";
import { sendWaiting } from "./receipts";

/** Follow the chosen ward, and send the receipts that wait for a network. */
export function startAlerts(): void {
  readerId();
  void sendWaiting();
  addEventListener("online", () => void sendWaiting());
  $effect.root(() => {
    $effect(() => {
      void place.ward;
      wardAlerts.follow();
    });
  });
}
