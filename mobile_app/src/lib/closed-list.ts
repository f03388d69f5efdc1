/** Closed lists of the API as values: the generated schema has them as types only. */

type Complete<Value, List extends readonly unknown[]> = [Exclude<Value, List[number]>] extends [never]
  ? unknown
  : { missing: Exclude<Value, List[number]> };

/**
 * All values of a union, in the order people read them: `closedList<Occurred>()(["now", "today", "yesterday", "earlier"])`.
 * The compiler refuses a value that the schema does not know, and a list that misses one.
 */
export function closedList<Value extends string>() {
  return <const List extends readonly Value[]>(list: List & Complete<Value, List>): readonly Value[] => list;
}
