import { expect, it } from "vitest";
import { containsWords, fold } from "./text";

it.each([
  ["Tổ dân phố Đông Hải", "to dan pho dong hai"],
  ["  ĐẮK   LẮK ", "dak lak"],
  ["Nguyễn", "nguyen"],
])("%s folds to %s", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

it.each([
  ["tổ 12", true],
  ["12", true],
  ["", true],
  ["to 13", false],
])("“%s” is in Tổ dân phố 12: %s", (typed, found) => {
  expect(containsWords("Tổ dân phố 12", typed)).toBe(found);
});
