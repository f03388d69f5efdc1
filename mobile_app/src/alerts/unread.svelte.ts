/** Which alerts were opened on this phone. Known to the phone only. */
import { wardAlerts } from "./alerts.svelte";

const STORAGE_KEY = "opened-alerts";
const REMEMBERED = 200;

function stored(): string[] {
  if (typeof localStorage === "undefined") return [];
  try {
    const found: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return [];
  }
}

let opened = $state.raw<string[]>(stored());

export const unread = {
  has(id: string): boolean {
    return !opened.includes(id);
  },
  get count(): number {
    return wardAlerts.current?.inForce.filter((alert) => !opened.includes(alert.id)).length ?? 0;
  },
  markOpened(id: string): void {
    if (opened.includes(id)) return;
    opened = [...opened, id].slice(-REMEMBERED);
    localStorage.setItem(STORAGE_KEY, JSON.stringify(opened));
  },
};
