export type Params = Record<string, string>;

/**
 * Parameters of `path` under `pattern`, or null. `:name` takes one segment, a last `*` takes the rest
 * (also nothing): `/canh-bao/:id`, `/bao-tin/*`.
 */
export function match(pattern: string, path: string): Params | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  const open = wanted.at(-1) === "*";
  if (open ? given.length < wanted.length - 1 : given.length !== wanted.length) return null;
  const params: Params = {};
  for (const [index, part] of wanted.entries()) {
    if (part === "*") {
      params.rest = given.slice(index).join("/");
    } else if (part.startsWith(":")) {
      try {
        params[part.slice(1)] = decodeURIComponent(given[index] ?? "");
      } catch {
        return null;
      }
    } else if (part !== given[index]) {
      return null;
    }
  }
  return params;
}
