/** The ward and the residential group that the reader chose. Lives on the phone; needs no account. */
import { Emitter } from "./emitter";
import type { Schemas } from "./schemas";

export type Ward = Schemas["Ward"];
export type Area = Schemas["Area"];

interface Place {
  ward: Ward | null;
  area: Area | null;
}

const STORAGE_KEY = "place";

function read(): Place {
  if (typeof localStorage === "undefined") return { ward: null, area: null };
  try {
    const found = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null") as Place | null;
    return found?.ward ? found : { ward: null, area: null };
  } catch {
    return { ward: null, area: null };
  }
}

let current = $state.raw<Place>(read());
const chosen = new Emitter();

function save(place: Place): void {
  current = place;
  localStorage.setItem(STORAGE_KEY, JSON.stringify(place));
}

export const place = {
  get ward(): Ward | null {
    return current.ward;
  },
  get area(): Area | null {
    return current.area;
  },
  /** The reader chooses. Another ward forgets the residential group, which belonged to the ward before. */
  async chooseWard(ward: Ward): Promise<void> {
    save({ ward, area: ward.code === current.ward?.code ? current.area : null });
    await chosen.emit();
  },
  async chooseArea(area: Area | null): Promise<void> {
    save({ ...current, area });
    await chosen.emit();
  },
  /** Call `listener` whenever the reader has chosen; the choice is done when the listener is. */
  onChoice(listener: () => void | Promise<void>): () => void {
    return chosen.on(listener);
  },
  /** Take over a choice that was made elsewhere, e.g. on another phone of the same account. */
  restore(ward: Ward, area: Area | null): void {
    save({ ward, area });
  },
  /** What the server says of the chosen ward now: its police may have joined Bình Yên since. */
  renew(ward: Ward): void {
    if (ward.code === current.ward?.code) save({ ...current, ward });
  },
};
