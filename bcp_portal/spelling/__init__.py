"""One folding of Japanese text: widths, variants of characters, kana, numerals, order of readings. Pure."""
