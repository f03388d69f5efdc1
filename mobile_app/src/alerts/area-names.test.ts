import { describe, expect, it } from "vitest";
import { areaNames } from "./area-names";

const group = (number: number) => ({ id: String(number), name: `Tổ dân phố ${number}` });

describe("whom an alert is for", () => {
  it("is not said when it is for the whole ward", () => {
    expect(areaNames([], "7")).toBeNull();
  });

  it("names one group or two as people call them", () => {
    expect(areaNames([group(7)], undefined)).toEqual({ names: "Tổ\u00a07", others: 0 });
    expect(areaNames([group(7), group(8)], undefined)).toEqual({ names: "Tổ\u00a07, Tổ\u00a08", others: 0 });
    expect(areaNames([{ id: "a", name: "Thôn Đông" }], undefined)).toEqual({ names: "Thôn Đông", others: 0 });
  });

  it("counts the others of many", () => {
    expect(areaNames([group(5), group(6), group(9)], undefined)).toEqual({ names: "Tổ\u00a05", others: 2 });
  });

  it("names the reader's own first", () => {
    expect(areaNames([group(5), group(6), group(9)], "9")).toEqual({ names: "Tổ\u00a09", others: 2 });
    expect(areaNames([group(7), group(8)], "8")).toEqual({ names: "Tổ\u00a08, Tổ\u00a07", others: 0 });
  });
});
