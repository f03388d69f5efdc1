import { describe, expect, it } from "vitest";
import { shortIssuer } from "./issuer";

describe("who speaks", () => {
  it("is short for the ward's own offices", () => {
    const police = { vi: "Công an phường Ban Mai", en: "Ban Mai ward police" };
    expect(shortIssuer(police, "Phường Ban Mai")).toEqual({ vi: "Công an phường", en: "Ward police" });
    expect(shortIssuer({ vi: "Công an xã Đồi Thông" }, "Xã Đồi Thông")).toEqual({ vi: "Công an xã" });
  });

  it("stays whole for everybody else", () => {
    const province = { vi: "Công an tỉnh Minh Họa", en: null };
    expect(shortIssuer(province, "Phường Ban Mai")).toEqual(province);
  });
});
