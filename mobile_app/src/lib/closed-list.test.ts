import { expect, it } from "vitest";
import { closedList } from "./closed-list";

type Light = "red" | "green";

it("is the list, and complete: what the compiler refuses here would fail the type check if it did not", () => {
  expect(closedList<Light>()(["green", "red"])).toEqual(["green", "red"]);
  // @ts-expect-error red is missing
  closedList<Light>()(["green"]);
  // @ts-expect-error blue is unknown
  closedList<Light>()(["green", "red", "blue"]);
});
