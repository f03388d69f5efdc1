/** What the tip endpoints take and give, under the names of this room, and the closed lists in it. */
import { closedList } from "../lib/closed-list";
import type { Schemas } from "../lib/schemas";

export type TipIn = Schemas["TipIn"];
export type SentTip = Schemas["SentTipOut"];
export type OpenedTip = Schemas["OpenedTipOut"];
export type TrailStep = Schemas["TrailStepOut"];
export type Deadline = Schemas["DeadlineOut"];
export type TipPhoto = Schemas["TipPhotoOut"];

export type Category = TipIn["category"];
export type Occurred = NonNullable<TipIn["occurred"]>;
export type TipStatus = OpenedTip["status"];

/** In the order in which they are offered: what is reported most comes first. */
export const CATEGORIES = closedList<Category>()([
  "theft", "scam", "noise", "infrastructure", "traffic", "fire", "violence", "child_trafficking",
  "drugs", "loan_sharking", "gambling", "weapons", "environment", "other",
]);

export const OCCURRED = closedList<Occurred>()(["now", "today", "yesterday", "earlier"]);

/** Nothing more happens to these by itself. */
export const CLOSED_STATUSES: readonly TipStatus[] = ["transferred", "resolved", "not_enough", "rejected"];
