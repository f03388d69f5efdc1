import { describe, expect, it } from "vitest";
import { onlyFor } from "./only-for";

const group = (number: number) => ({ id: String(number), name: `Tổ dân phố ${number}` });

describe("whom an alert is for", () => {
  it("is not said when it is for the whole ward", () => {
    expect(onlyFor([], "7")).toBeNull();
  });

  it("names one group or two as people call them", () => {
    expect(onlyFor([group(7)], undefined)).toEqual({ names: "Tổ\u00a07", others: 0 });
    expect(onlyFor([group(7), group(8)], undefined)).toEqual({ names: "Tổ\u00a07, Tổ\u00a08", others: 0 });
    expect(onlyFor([{ id: "a", name: "Thôn Đông" }], undefined)).toEqual({ names: "Thôn Đông", others: 0 });
  });

  it("counts the others of many", () => {
    expect(onlyFor([group(5), group(6), group(9)], undefined)).toEqual({ names: "Tổ\u00a05", others: 2 });
  });

  it("names the reader's own first", () => {
    expect(onlyFor([group(5), group(6), group(9)], "9")).toEqual({ names: "Tổ\u00a09", others: 2 });
    expect(onlyFor([group(7), group(8)], "8")).toEqual({ names: "Tổ\u00a08, Tổ\u00a07", others: 0 });
  });
});
