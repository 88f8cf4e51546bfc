// Writes numbers as the styles of web pages count points: a, iv, ア, 一.

const KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ROMAN = [
  ...[[1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"], [50, "l"], [40, "xl"]],
  ...[[10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]],
];
const DIGITS = "〇一二三四五六七八九";

const WRITERS = {
  decimal: String,
  "decimal-leading-zero": (number) => String(number).padStart(2, "0"),
  "lower-alpha": letters,
  "upper-alpha": (number) => letters(number).toUpperCase(),
  "lower-roman": roman,
  "upper-roman": (number) => roman(number).toUpperCase(),
  katakana: (number) => KATAKANA[number - 1] ?? "",
  hiragana: (number) => String.fromCharCode((KATAKANA.charCodeAt(number - 1) || 0) - 0x60),
  "katakana-iroha": (number) => IROHA[number - 1] ?? "",
  "cjk-ideographic": kanji,
};
const SAME = {
  "lower-latin": "lower-alpha",
  "upper-latin": "upper-alpha",
  "japanese-informal": "cjk-ideographic",
  "simp-chinese-informal": "cjk-ideographic",
  "trad-chinese-informal": "cjk-ideographic",
};
const WITHOUT_STOP = /katakana|hiragana|cjk/;

// The label before a point, null for a way of counting that is not known here. `around` says what
// stands around the number ("(%1)"), "" as web pages have it.
export function labelOf(form, number, around = "") {
  const known = SAME[form] ?? form;
  const written = number > 0 || known === "decimal" ? WRITERS[known]?.(number) : "";
  if (written === undefined) return null;
  if (around) return around.replace(/%\d/, written || String(number));
  return WITHOUT_STOP.test(known) && written ? written : `${written || number}.`;
}

function letters(number) {
  let written = "";
  for (let left = number; left > 0; left = Math.floor((left - 1) / 26)) written = LETTERS[(left - 1) % 26] + written;
  return written;
}

function roman(number) {
  let left = number;
  let written = "";
  for (const [worth, sign] of ROMAN) {
    written += sign.repeat(Math.floor(left / worth));
    left %= worth;
  }
  return written;
}

function kanji(number) {
  if (number >= 100) return [...String(number)].map((digit) => DIGITS[digit]).join("");
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 1 ? DIGITS[tens] : ""}${tens > 0 ? "十" : ""}${ones > 0 ? DIGITS[ones] : ""}`;
}
