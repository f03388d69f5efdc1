import { describe, expect, it } from "vitest";
import { match } from "./match";

describe("match", () => {
  it.each([
    ["/", "/", {}],
    ["/canh-bao", "/canh-bao/", {}],
    ["/canh-bao/:id", "/canh-bao/7", { id: "7" }],
    ["/canh-bao/:id", "/canh-bao/a%20b", { id: "a b" }],
    ["/bao-tin/*", "/bao-tin", { rest: "" }],
    ["/bao-tin/*", "/bao-tin/ke/anh", { rest: "ke/anh" }],
  ])("%s takes %s", (pattern, path, params) => {
    expect(match(pattern, path)).toEqual(params);
  });

  it.each([
    ["/canh-bao", "/canh-bao/7"],
    ["/canh-bao/:id", "/canh-bao"],
    ["/canh-bao/:id", "/canh-bao/%E0%A4%A"],
    ["/bao-tin/*", "/baotin"],
    ["/", "/x"],
  ])("%s leaves %s", (pattern, path) => {
    expect(match(pattern, path)).toBeNull();
  });
});
