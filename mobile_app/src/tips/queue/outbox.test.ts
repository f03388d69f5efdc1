import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Draft, emptyDraft } from "../draft";
import type { TrailStep } from "../types";
import { openVault, type Vault } from "../vault";
import { DraftAutosave } from "../write/autosave";
import { type Attempt, type Sendable, judge } from "./attempt";
import { type QueuedMessage, type QueuedTip, notInTrail } from "./entries";
import { Outbox } from "./outbox";

let vault: Vault;
let time: number;
let counter = 0;
let seen: Sendable[];
let answers: Attempt<unknown>[];

const REPLY = {
  receipt: "7QK4-M2XR-9TVB-3HNE-C5", number: 7, ward_code: "02215", status: "received",
  received_at: "2026-08-10T02:47:00Z", acknowledge_by: "2026-08-11T02:47:00Z", photos: [],
};
const SENT: Attempt<unknown> = { outcome: "sent", reply: REPLY };
const SILENCE: Attempt<unknown> = { outcome: "later", trouble: "unreachable", retryAfter: null, reference: null };
const WRONG: Attempt<unknown> = {
  outcome: "returned", errors: [{ field: "text", code: "too_long", detail: "Viết ngắn lại." }], reference: "R-1",
};

beforeEach(async () => {
  vault = await openVault(`outbox-${counter++}`);
  time = 1_000_000;
  seen = [];
  answers = [];
});

function outbox(): Outbox {
  return new Outbox({
    vault,
    now: () => time,
    random: () => 0.5,
    send: async (sendable) => {
      seen.push(sendable);
      return answers.shift() ?? SENT;
    },
  });
}

async function queued(changes: Partial<Draft> = {}): Promise<QueuedTip> {
  const autosave = new DraftAutosave(vault);
  const base = { ...emptyDraft(), ward: { code: "02215", name: "phường Ban Mai" }, category: "theft" as const };
  const photo = { id: "p1", original: "IMG_1.jpg", type: "image/jpeg", size: 3, asIs: false };
  const draft = { ...base, text: "Mất xe đạp", photos: [photo], ...changes };
  await autosave.addPhoto(draft, "p1", new Uint8Array([1, 2, 3]).buffer);
  return outbox().addTip(draft, "vi");
}

async function only(): Promise<QueuedTip> {
  const [entry] = await outbox().list();
  return entry as QueuedTip;
}

describe("sending a tip", () => {
  it("takes the draft over in one step and sends it with its photos", async () => {
    await queued();
    expect(await new DraftAutosave(vault).load()).toBeNull();
    await outbox().sendDue();
    const form = seen[0]!.body as FormData;
    expect(JSON.parse(await (form.get("tip") as File).text())).toMatchObject({ text: "Mất xe đạp", identity: null });
    expect((form.get("photos") as File).name).toBe("anh-1.jpg");
  });

  it("keeps the receipt until it is saved, and the words no longer", async () => {
    await queued();
    await outbox().sendDue();
    const entry = await only();
    expect(entry).toMatchObject({ state: "sent", content: null, reply: { receipt: REPLY.receipt } });
    expect(await vault.names("photo/")).toEqual([]);
    await outbox().remove(entry.id);
    expect(await vault.names("")).toEqual([]);
  });

  it("forgets a saved receipt without waiting for another entry's attempt", async () => {
    await queued();
    await outbox().sendDue();
    const entry = await only();
    let left: string[] = [];
    const slow: Outbox = new Outbox({
      vault,
      now: () => time,
      send: async () => {
        await slow.remove(entry.id); // if it waited for this attempt, both would wait for ever
        left = (await slow.list()).map(({ kind }) => kind);
        return SENT;
      },
    });
    await slow.addMessage(REPLY.receipt, "Vâng.", "vi", null);
    await slow.sendDue();
    expect(left).toEqual(["message"]);
  });

  it("keeps a receipt that came while the tip was to be forgotten: nobody has seen it", async () => {
    const entry = await queued();
    let forgotten: Promise<void> = Promise.resolve();
    const box: Outbox = new Outbox({
      vault,
      now: () => time,
      send: async () => {
        forgotten = box.remove(entry.id);
        return SENT;
      },
    });
    await box.sendDue();
    await forgotten;
    expect(await only()).toMatchObject({ state: "sent", reply: { receipt: REPLY.receipt } });
  });

  it("repeats with the same key, over closing and reopening, until an answer comes", async () => {
    await queued();
    answers = [SILENCE, SILENCE, SENT];
    for (let round = 0; round < 5; round++) {
      await outbox().sendDue("opportunity");
      time += 3_600_000;
    }
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map((sendable) => sendable.key)).size).toBe(1);
  });

  it("two tabs at once send it once", async () => {
    await queued();
    await Promise.all([outbox().sendDue(), outbox().sendDue(), outbox().sendDue("person")]);
    expect(seen).toHaveLength(1);
  });

  it("backs off, and obeys Retry-After", async () => {
    await queued();
    answers = [
      { outcome: "later", trouble: "server", retryAfter: null, reference: "R-9" },
      { outcome: "later", trouble: "patience", retryAfter: 120, reference: null },
    ];
    await outbox().sendDue();
    expect(await only()).toMatchObject({ state: "waiting", trouble: "server", reference: "R-9", nextTryAt: time + 5000 });
    await outbox().sendDue("opportunity");
    expect(seen).toHaveLength(1);
    time += 5000;
    await outbox().sendDue();
    expect((await only()).nextTryAt).toBe(time + 120_000);
    expect(await outbox().nextDue()).toBe(time + 120_000);
  });

  it("tries at once when the network is back or the person asks", async () => {
    await queued();
    answers = [SILENCE, { outcome: "later", trouble: "server", retryAfter: 600, reference: null }];
    await outbox().sendDue();
    await outbox().sendDue();
    expect(seen).toHaveLength(1);
    await outbox().sendDue("opportunity");
    await outbox().sendDue("person");
    expect(seen).toHaveLength(3);
  });

  it("gives a refused tip back to the editor with its faults, and sends it again under a new key", async () => {
    const first = await queued();
    answers = [WRONG];
    await outbox().sendDue();
    expect((await only()).state).toBe("returned");
    await outbox().sendDue("person");
    expect(seen).toHaveLength(1);
    const draft = await outbox().takeBack(first.id);
    expect(draft).toMatchObject({ text: "Mất xe đạp", faults: [{ field: "text" }], photos: [{ id: "p1" }] });
    expect(await new DraftAutosave(vault).photo("p1")).not.toBeNull();
    const second = await outbox().addTip(draft!, "vi");
    expect(second.key).not.toBe(first.key);
    expect(await outbox().list()).toHaveLength(1);
  });

  it("asks the person when an attempt may have arrived longer ago than the server remembers", async () => {
    await queued();
    answers = [SILENCE];
    await outbox().sendDue();
    time += 47 * 3600 * 1000;
    await outbox().sendDue("opportunity");
    expect(seen).toHaveLength(1);
    expect(await only()).toMatchObject({ state: "returned", faults: [{ code: "unsure" }] });
  });

  it("carries the sign-in with a name only, and does without it when it is no longer good", async () => {
    const box = outbox();
    const draft = { ...emptyDraft(), ward: { code: "02215", name: "Ban Mai" }, category: "noise" as const, text: "Ồn" };
    await box.addTip(draft, "vi", "secret-token");
    time += 1;
    await box.addTip({ ...draft, named: true, name: "Lan", phone: "0912345678" }, "vi", "secret-token");
    answers = [SENT, { outcome: "signed-out" }, SENT];
    await box.sendDue();
    expect(seen.map((sendable) => sendable.token)).toEqual([null, "secret-token", null]);
    expect(seen[1]!.key).toBe(seen[2]!.key);
    expect((await box.list()).map((entry) => entry.state)).toEqual(["sent", "sent"]);
  });

  it("has written down that it is sending before it sends: the phone may die in the middle", async () => {
    await queued();
    const dying = new Outbox({ vault, now: () => time, send: () => Promise.reject(new Error("the phone died")) });
    await expect(dying.sendDue()).rejects.toThrow("the phone died");
    expect(await only()).toMatchObject({ state: "waiting", tries: 1, unsureSince: time, content: { tip: { text: "Mất xe đạp" } } });
    time += 47 * 3600 * 1000;
    await outbox().sendDue("opportunity");
    expect(seen).toEqual([]);
    expect(await only()).toMatchObject({ state: "returned", faults: [{ code: "unsure" }] });
  });

  it("a tip that only waited offline is not in doubt", async () => {
    await queued();
    time += 90 * 3600 * 1000;
    await outbox().sendDue("opportunity");
    expect(await only()).toMatchObject({ state: "sent" });
  });
});

describe("sending a message", () => {
  it("carries the receipt in the body, then leaves nothing on the phone", async () => {
    const box = outbox();
    const told: string[] = [];
    box.onChange(({ entry, message }) => told.push(`${entry.state}${message ? "+" : ""}`));
    await box.addMessage(REPLY.receipt, " Có dán hình con mèo ", "vi", null);
    await box.sendDue();
    expect(JSON.parse(seen[0]!.body as string)).toEqual({ receipt: REPLY.receipt, text: "Có dán hình con mèo" });
    expect(seen[0]!.address).toBe("tips/messages");
    expect(told).toEqual(["waiting", "sent+"]);
    expect(await vault.names("")).toEqual([]);
  });

  it("goes with the receipt that is forgotten", async () => {
    const box = outbox();
    await box.addMessage(REPLY.receipt, "Vâng.", "vi", null);
    await box.addMessage("another", "Vâng.", "vi", null);
    await box.removeMessages(REPLY.receipt);
    expect((await box.list()).map((entry) => (entry as QueuedMessage).receipt)).toEqual(["another"]);
  });

  it("is not shown twice when it stands in the trail before its own answer has come", async () => {
    const box = outbox();
    const said = (id: string, text: string): TrailStep =>
      ({ id, kind: "message", from: "reporter", at: "", status: null, reason: null, text, office: null });
    const seenBefore = said("1", "Vâng.");
    await box.addMessage(REPLY.receipt, "Vâng.", "vi", seenBefore.id);
    time += 1;
    await box.addMessage(REPLY.receipt, "Vâng.", "vi", seenBefore.id);
    const queue = (await box.list()) as QueuedMessage[];
    const shown = (...trail: TrailStep[]): unknown[] => notInTrail(queue, trail).map(({ id }) => id);
    expect(shown(seenBefore)).toEqual(queue.map(({ id }) => id));
    expect(shown(seenBefore, said("2", "Cảm ơn."), said("3", "Vâng."))).toEqual([queue[1]!.id]);
    expect(shown(seenBefore, said("3", "Vâng."), said("4", "Vâng."))).toEqual([]);
    expect(notInTrail([{ ...queue[0]!, state: "returned" }], [said("3", "Vâng.")])).toHaveLength(1);
  });
});

describe("judging an answer", () => {
  const problem = { code: "invalid", detail: "Xem lại.", reference: "BM-1", errors: [{ field: "identity.phone", code: "x", detail: "y" }] };

  it.each([
    [201, "sent"], [401, "signed-out"], [400, "returned"], [413, "returned"], [422, "returned"],
    [408, "later"], [429, "later"], [500, "later"], [503, "later"],
  ])("%i is %s", (status, outcome) => {
    expect(judge(status, new Headers(), problem).outcome).toBe(outcome);
  });

  it("names the fields, or the whole when there are none", () => {
    expect(judge(422, new Headers(), problem)).toMatchObject({ errors: problem.errors, reference: "BM-1" });
    expect(judge(413, new Headers(), null)).toMatchObject({ errors: [{ field: "" }] });
  });

  it("reads Retry-After from the problem or the header", () => {
    expect(judge(429, new Headers(), { retry_after: 7 })).toMatchObject({ retryAfter: 7, trouble: "patience" });
    expect(judge(503, new Headers({ "Retry-After": "9" }), null)).toMatchObject({ retryAfter: 9, trouble: "server" });
  });
});
