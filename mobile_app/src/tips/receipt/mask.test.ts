import { expect, it } from "vitest";
import { maskReceipt } from "./mask";

it.each([
  ["7qk4", 4, "7QK4", 4],
  ["7qk4m", 5, "7QK4 M", 6],
  ["7QK4-M2XR", 9, "7QK4 M2XR", 9],
  ["7QKK4 M2XR", 4, "7QKK 4M2X R", 5],
  ["oil", 3, "011", 3],
  ["", 0, "", 0],
  ["7QK4 ", 5, "7QK4", 4],
])("%s with the cursor at %i", (value, cursor, shown, place) => {
  expect(maskReceipt(value, cursor)).toEqual({ value: shown, cursor: place });
});
