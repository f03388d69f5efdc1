import { anonymousApi, unwrap } from "../../lib/api";
import type { PushAddress } from "../../lib/push.svelte";

/** Say where answers to a tip are announced ("you have an update", nothing more); null: nowhere. @throws ApiError, NetworkError */
export async function setPushAddress(receipt: string, address: PushAddress | null): Promise<void> {
  await unwrap(anonymousApi.PUT("/tips/push", { body: { receipt, push: address } }));
}
