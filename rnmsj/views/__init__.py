"""Pages of the roof: those that mix apps, and those that belong to none."""
