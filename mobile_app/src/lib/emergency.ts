/** The three numbers that are one tap away on every screen. */
export const emergency = [
  { number: "113", icon: "shield", service: "police" },
  { number: "114", icon: "flame", service: "fireRescue" },
  { number: "115", icon: "cross", service: "ambulance" },
] as const;
