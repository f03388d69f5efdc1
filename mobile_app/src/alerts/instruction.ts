/** The first words of an instruction, up to a colon, are printed bold: `Thấy khói:` ra ngoài, rồi gọi 114. Pure. */
export function splitLabel(instruction: string): { label: string; rest: string } {
  const [, label = "", rest = instruction] = /^([^:.!?]{2,40}:)(\s.+)$/s.exec(instruction) ?? [];
  return { label, rest };
}
