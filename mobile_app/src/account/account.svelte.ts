/** The resident signed in on this phone. */
import { api, ask } from "../lib/api";
import type { Schemas } from "../lib/schemas";
import { forgetCopies } from "../lib/db";
import { language } from "../lib/i18n.svelte";
import { place, type Area, type Ward } from "../lib/place.svelte";
import { session } from "../lib/session.svelte";
import { Stored } from "../lib/stored.svelte";

export type Me = Schemas["Me"];

const stored = new Stored<Me>("me", () => ask(api.GET("/me")));

type Change = { name?: string | null; language?: "vi" | "en"; ward_code?: string | null; area_id?: string | null };

export const account = {
  /** null while nobody is signed in, or nothing is known yet */
  get me(): Me | null {
    return session.signedIn ? stored.value : null;
  },
  get stored(): Stored<Me> {
    return stored;
  },
  async load(): Promise<void> {
    if (session.signedIn) await stored.open();
  },
  /** @throws Refused, Unreachable */
  async change(change: Change): Promise<void> {
    stored.take(await ask(api.PUT("/me", { body: change })));
  },
};

/** The phone's choice of place is also the account's; without a network the account learns it at the next sign-in. */
async function tellAccount(change: Change): Promise<void> {
  if (!session.signedIn) return;
  await account.change(change).catch(() => undefined);
}

export async function chooseWard(ward: Ward): Promise<void> {
  place.chooseWard(ward);
  await tellAccount({ ward_code: ward.code, area_id: place.area?.id ?? null });
}

export async function chooseArea(area: Area | null): Promise<void> {
  place.chooseArea(area);
  await tellAccount({ area_id: area?.id ?? null });
}

export async function chooseLanguage(chosen: "vi" | "en"): Promise<void> {
  language.use(chosen);
  await tellAccount({ language: chosen });
}

/** Start as `me`: a place chosen on this phone goes to the account, otherwise the account's comes to the phone. */
export async function welcome(token: string, me: Me): Promise<void> {
  session.begin(token);
  stored.take(me);
  if (place.ward) {
    await tellAccount({ ward_code: place.ward.code, area_id: place.area?.id ?? null, language: language.current });
  } else if (me.ward) {
    place.chooseWard(me.ward);
    place.chooseArea(me.area);
    await tellAccount({ language: language.current });
  }
}

/** Nothing of the account stays on this phone. The ward, the language and tips kept here are the phone's, and stay. */
export async function forgetAccount(): Promise<void> {
  session.end();
  stored.rest();
  stored.value = null;
  await forgetCopies("me");
}
