import { describe, expect, it } from "vitest";
import { resolve, type Route } from "./router.svelte";

const load = (): Promise<never> => Promise.reject(new Error("not shown here"));
const routes: Route[] = [{ path: "/tin", load }, { path: "/tin/xem", load }, { path: "/canh-bao/:id", load }];

describe("resolve", () => {
  it("finds the route and its parameters", () => {
    expect(resolve(routes, "/tin/xem")?.route.path).toBe("/tin/xem");
    expect(resolve(routes, "/canh-bao/9")?.params).toEqual({ id: "9" });
  });

  it("finds none for an unknown path", () => {
    expect(resolve(routes, "/khong-co")).toBeNull();
  });
});
