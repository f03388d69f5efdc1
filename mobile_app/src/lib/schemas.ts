import type { components } from "../api/schema";

/** What the API takes and gives, by name. Generated from the server's own declaration; nothing here describes it again. */
export type Schemas = components["schemas"];
