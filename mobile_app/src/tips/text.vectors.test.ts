/** The texts that the server's tests read too: both sides must keep the same words. */
import { expect, it } from "vitest";
import vectors from "../../../tests/backend/text_vectors.json";
import { cleaned } from "./drafts";

it.each(vectors.kept)("$typed is kept as the server keeps it", ({ typed, kept }) => {
  expect(cleaned(typed)).toBe(kept);
});

it("leaves out what the server would refuse", () => {
  expect(cleaned("a\u0000b\u001bc")).toBe("abc");
});
