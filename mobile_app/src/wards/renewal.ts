/** Asking the server what it says of the chosen ward now. */
import { api, unwrap } from "../lib/api";
import { place } from "../lib/place.svelte";

/** The first screen has the network first. */
const AFTER_MS = 5000;

export function startRenewal(): void {
  setTimeout(() => void renewWard(), AFTER_MS);
}

async function renewWard(): Promise<void> {
  const code = place.ward?.code;
  if (!code) return;
  try {
    const { boundary: _boundary, ...ward } = await unwrap(api.GET("/wards/{code}", { params: { path: { code } } }));
    if (JSON.stringify(ward) !== JSON.stringify(place.ward)) place.renew(ward);
  } catch {
    // what the phone knows about its ward stays as it is
  }
}
