/** The digits of a code in what was typed or pasted: `123 456`, `ma cua ban la 123456`. Pure. */
export function digitsOf(text: string, length: number): string {
  const runs = text.match(/\d(?:[\s.-]?\d)*/g) ?? [];
  const numbers = runs.map((run) => run.replace(/\D/g, ""));
  return numbers.find((number) => number.length === length) ?? numbers.join("").slice(0, length);
}
