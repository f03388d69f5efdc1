import { describe, expect, it } from "vitest";
import { kindOf, language } from "../lib/i18n.svelte";
import { beyondHome, countAlerts, isEvening, sentence } from "./ward-status";

const NOW = Date.parse("2026-08-11T01:00:00Z");
const LATER = "2026-08-15T16:59:00Z";

type Counted = Parameters<typeof countAlerts>[0][number];

const alert = (facts: Partial<Counted>): Counted => ({
  state: "in_force",
  message_type: "alert",
  severity: "moderate",
  expires: LATER,
  is_drill: false,
  ...facts,
});

describe("the ward's sentence", () => {
  it("is calm without alerts", () => {
    expect(countAlerts([], NOW)).toEqual({ danger: 0, care: 0 });
  });

  it("tells danger from what is worth a look", () => {
    const alerts = [alert({ severity: "extreme" }), alert({ severity: "severe" }), alert({}), alert({ severity: "minor" }), alert({ severity: "unknown" })];
    expect(countAlerts(alerts, NOW)).toEqual({ danger: 2, care: 3 });
  });

  it("does not count what is over, withdrawn, a drill or an all-clear", () => {
    const alerts = [
      alert({ severity: "severe", expires: "2026-08-11T00:59:00Z" }),
      alert({ severity: "severe", state: "cancelled" }),
      alert({ severity: "severe", state: "updated" }),
      alert({ severity: "severe", is_drill: true }),
      alert({ severity: "severe", message_type: "all_clear" }),
    ];
    expect(countAlerts(alerts, NOW)).toEqual({ danger: 0, care: 0 });
  });

  it.each([
    [{ danger: 0, care: 0 }, "Hôm nay xã mình bình yên.", "Today all is well in the ward."],
    [{ danger: 1, care: 2 }, "Hôm nay có 1 điều nguy hiểm, 2 điều cần để ý.", "Today: 1 danger, 2 things to watch."],
    [{ danger: 2, care: 0 }, "Hôm nay có 2 điều nguy hiểm.", "Today: 2 dangers."],
    [{ danger: 0, care: 1 }, "Hôm nay có 1 điều cần để ý.", "Today: 1 thing to watch."],
  ])("says %o in words", (counts, vi, en) => {
    const said = (when: string): string => sentence(counts, when, kindOf("Xã Đồi Thông")).join(" ").replaceAll("\u00a0", " ");
    expect(said("Hôm nay")).toBe(vi);
    language.use("en");
    expect(said("Today")).toBe(en);
    language.use("vi");
  });

  it("says tonight from 18:00 to 04:00", () => {
    expect([3, 4, 12, 17, 18, 23].map(isEvening)).toEqual([true, false, false, false, true, true]);
  });
});

describe("what the home screen has no room for", () => {
  it("counts alerts in force beyond the third, and no all-clear", () => {
    const three = [alert({ severity: "severe" }), alert({}), alert({})];
    expect(beyondHome(three, NOW)).toBe(0);
    expect(beyondHome([...three, alert({}), alert({ message_type: "all_clear" }), alert({ state: "expired" })], NOW)).toBe(1);
  });
});
