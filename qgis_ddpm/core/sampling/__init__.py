"""From noise to tiles and areas: lists of linear steps, and who applies them."""
