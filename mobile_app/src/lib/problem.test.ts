import { describe, expect, it } from "vitest";
import { ApiError, NetworkError, errorOf, readProblem, toError } from "./problem";

const PROBLEM = {
  title: "Dữ liệu chưa đúng", status: 422, code: "invalid", detail: "Xem lại.", reference: "BM-1",
  errors: [{ field: "identity.phone", code: "x", detail: "Số chưa đúng." }],
};

describe("an answer that is not 2xx", () => {
  it("is the server's refusal when it is a problem", () => {
    const error = toError(422, PROBLEM);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).field("phone")).toBe("Số chưa đúng.");
  });

  it("is no answer when a proxy wrote it because the server is away", () => {
    const error = toError(503, "<html>", new Headers({ "Retry-After": "9" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as NetworkError).retryAfter).toBe(9);
  });

  it("is a refusal with a reference when something else wrote it", () => {
    expect((toError(413, null) as ApiError).body).toMatchObject({ status: 413, code: "http_413", reference: "HTTP-413" });
  });
});

describe("reading a problem", () => {
  it.each([null, "text", 7, { errors: "none" }, { errors: [null, 1] }])("finds no errors in %j", (body) => {
    expect(readProblem(body, new Headers()).errors).toEqual([]);
  });

  it("believes the body before the header, and no nonsense", () => {
    const headers = (value: string): Headers => new Headers({ "Retry-After": value });
    expect(readProblem({ retry_after: 7 }, headers("9")).retry_after).toBe(7);
    expect(readProblem(null, headers("8.2")).retry_after).toBe(9);
    expect(readProblem(null, headers("soon")).retry_after).toBeUndefined();
  });
});

it("finds the error of a field under its own name or a longer one", () => {
  expect(errorOf(PROBLEM.errors, "phone")?.code).toBe("x");
  expect(errorOf(PROBLEM.errors, "one")).toBeUndefined();
});
