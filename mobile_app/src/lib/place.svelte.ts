/** The ward and the residential group the reader chose. Lives on the phone; needs no account. */
import type { Schemas } from "./schemas";

export type Ward = Schemas["Ward"];
export type Area = Schemas["Area"];

interface Place {
  ward: Ward | null;
  area: Area | null;
}

const STORAGE_KEY = "place";

function stored(): Place {
  if (typeof localStorage === "undefined") return { ward: null, area: null };
  try {
    const found = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null") as Place | null;
    return found?.ward ? found : { ward: null, area: null };
  } catch {
    return { ward: null, area: null };
  }
}

let chosen = $state.raw<Place>(stored());

function keep(next: Place): void {
  chosen = next;
  localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
}

export const place = {
  get ward(): Ward | null {
    return chosen.ward;
  },
  get area(): Area | null {
    return chosen.area;
  },
  /** Another ward forgets the residential group, which belonged to the one before. */
  chooseWard(ward: Ward): void {
    keep({ ward, area: ward.code === chosen.ward?.code ? chosen.area : null });
  },
  /** What the server says of the chosen ward now: its police may have joined Bình Yên since. */
  renew(ward: Ward): void {
    if (ward.code === chosen.ward?.code) keep({ ...chosen, ward });
  },
  chooseArea(area: Area | null): void {
    keep({ ...chosen, area });
  },
};
