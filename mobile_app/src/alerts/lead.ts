/** The first words of an instruction, up to a colon, are what the eye looks for: `Thấy khói:` ra ngoài, rồi gọi 114. Pure. */
export function splitLead(instruction: string): { lead: string; rest: string } {
  const [, lead = "", rest = instruction] = /^([^:.!?]{2,40}:)(\s.+)$/s.exec(instruction) ?? [];
  return { lead, rest };
}
