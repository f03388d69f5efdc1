/** Whether the phone believes it has a network. A request may still fail; then the screen says so. */

let connected = $state(typeof navigator === "undefined" || navigator.onLine !== false);

export const online = {
  get now(): boolean {
    return connected;
  },
};

if (typeof addEventListener !== "undefined") {
  addEventListener("online", () => (connected = true));
  addEventListener("offline", () => (connected = false));
}
