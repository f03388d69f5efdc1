/** What the police of a ward tell about how they can be reached. Readable offline. */
import { anonymousApi, unwrap } from "../lib/api";
import { Query } from "../lib/query.svelte";
import type { Schemas } from "../lib/schemas";

export type Contacts = Schemas["Contacts"];

const known = new Map<string, Query<Contacts>>();

export function wardContacts(code: string): Query<Contacts> {
  let query = known.get(code);
  if (!query) known.set(code, (query = new Query(`contacts/${code}`, () => fetchContacts(code))));
  return query;
}

function fetchContacts(code: string): Promise<Contacts> {
  return unwrap(anonymousApi.GET("/wards/{code}/contacts", { params: { path: { code } } }));
}
