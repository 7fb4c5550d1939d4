"""Text on posters: fonts that have every character, lines broken as each script breaks them, sizes that fit."""
