/** What signing in and out means for this phone. */
import { deleteCopies } from "../lib/db";
import { language } from "../lib/i18n.svelte";
import { place } from "../lib/place.svelte";
import { type Profile, type ProfileChange, profile } from "../lib/profile.svelte";
import { session } from "../lib/session.svelte";
import { pendingSignIn } from "./pending-sign-in";

/** Sign in as `resident`: a place chosen on this phone goes to the account, otherwise the account's comes to the phone. */
export async function startSession(token: string, resident: Profile): Promise<void> {
  session.begin(token);
  profile.set(resident);
  if (place.ward) {
    await tellAccount({ ...placeOfPhone(), language: language.current });
  } else if (resident.ward) {
    place.restore(resident.ward, resident.area);
    await tellAccount({ language: language.current });
  }
}

/** Nothing of the account stays on this phone. The ward, the language and stored tips belong to the phone and stay. */
export async function endSession(): Promise<void> {
  session.end();
  await profile.clear();
}

/** Keep the account up to date with what is chosen on this phone, and the phone free of ended sessions. */
export function startSync(): void {
  place.onChoice(() => tellAccount(placeOfPhone()));
  language.onChoice((chosen) => tellAccount({ language: chosen }));
  session.onEnd(() => {
    pendingSignIn.clear();
    void deleteCopies("me");
  });
  if (!session.signedIn) void deleteCopies("me"); // another tab has signed out meanwhile
}

function placeOfPhone(): ProfileChange {
  return { ward_code: place.ward?.code ?? null, area_id: place.area?.id ?? null };
}

/** Without a network the account learns it at the next sign-in. */
async function tellAccount(change: ProfileChange): Promise<void> {
  if (!session.signedIn) return;
  await profile.change(change).catch(() => undefined);
}
