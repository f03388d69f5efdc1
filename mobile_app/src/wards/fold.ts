/** Case and diacritics do not matter when people search: "đ" is "d", "Ấ" is "a". Same rule as the server's. Pure. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Whether each word typed stands in the name: "to 12" finds "Tổ dân phố 12". */
export function holds(name: string, typed: string): boolean {
  const folded = fold(name);
  return fold(typed).split(" ").every((word) => folded.includes(word));
}
