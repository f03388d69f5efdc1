"""The log of a ward: who read and did what. Nobody can change it; its chain shows whether somebody has tried."""
