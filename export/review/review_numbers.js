"use strict";
// Numbers as people type and read them in Indonesia. They stay texts: no figure ever passes through a float.

/** Read a typed number. Returns {plain} ("1234.5", "" for none) or {problem} to be shown. */
function readTyped(text, kind) {
  const typed = text.trim().replace(/\u2212/g, "-");
  if (typed === "" || typed === "-") return { plain: "" };
  const core = typed.replace(/^rp\.?\s*/i, "").replace(/\s*%$/, "").replace(/,-+$/, "");
  const match = /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/.exec(core);
  if (!match) return { problem: "Tulis seperti 1.234.567 atau 1.234.567,50: titik untuk ribuan, koma untuk desimal." };
  const [, sign, whole, decimals = ""] = match;
  if (kind === "rupiah" && /%$/.test(typed)) return { problem: "Kolom ini berisi rupiah, bukan persen." };
  if (kind === "rupiah" && decimals.length > 2) {
    return { problem: "Rupiah paling banyak dua desimal. Untuk ribuan pakai titik: 1.234.567." };
  }
  if (decimals.length > 6) return { problem: "Paling banyak enam desimal." };
  const digits = whole.replace(/\./g, "").replace(/^0+(?=\d)/, "");
  if (digits.length > 24) return { problem: "Angka terlalu panjang." };
  const rest = decimals.replace(/0+$/, "");
  const plain = digits + (rest ? "." + rest : "");
  return { plain: sign && plain !== "0" ? "-" + plain : plain };
}

/** Show a plain decimal with Indonesian separators. */
function showNumber(plain) {
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return plain;
  const [whole, decimals] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  return decimals ? grouped + "," + decimals : grouped;
}

/** Say whether cells of this kind hold a plain number. */
function isNumber(kind) {
  return kind === "rupiah" || kind === "persen";
}
