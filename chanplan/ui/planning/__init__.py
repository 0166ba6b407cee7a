"""The page on which targets are set: chosen, split, edited, saved, held against history."""
