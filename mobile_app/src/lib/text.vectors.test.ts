/** The texts that the server's tests read too: both sides must store the same text. */
import { expect, it } from "vitest";
import vectors from "../../../tests/backend/text_vectors.json";
import { cleanText } from "./text";

it.each(vectors.kept)("$typed is kept as the server keeps it", ({ typed, kept }) => {
  expect(cleanText(typed)).toBe(kept);
});

it("leaves out what the server would refuse", () => {
  expect(cleanText("a\u0000b\u001bc")).toBe("abc");
});
