"""The evidence packet: what it says, what is blacked out of it, and the formats it is handed over in."""
