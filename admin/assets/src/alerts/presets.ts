/** What a kind of alert usually is in CAP's terms; the writer may choose otherwise. */
export const PRESETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scam: { category: "Security", urgency: "immediate", severity: "moderate", certainty: "observed" },
  theft: { category: "Security", urgency: "expected", severity: "moderate", certainty: "likely" },
  fire: { category: "Fire", urgency: "immediate", severity: "severe", certainty: "observed" },
  flood: { category: "Met", urgency: "expected", severity: "severe", certainty: "likely" },
  traffic: { category: "Transport", urgency: "immediate", severity: "minor", certainty: "observed" },
  lost_found: { category: "Other", urgency: "future", severity: "minor", certainty: "observed" },
  other: { category: "Safety", urgency: "expected", severity: "minor", certainty: "likely" },
};
