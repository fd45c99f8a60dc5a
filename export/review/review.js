// Choosing, saying, saving: what binds picture, table and list together.

/** What is looked at: a cell, a finding, or both. */
const chosen = { place: null, finding: null };
const card = document.getElementById("card");
const pageSelect = document.getElementById("page");

function chooseFinding(finding) {
  chosen.finding = finding;
  chosen.place = cellOfFinding(finding);
  const pages = chosen.place ? DATA.tables[chosen.place.table].records[chosen.place.row - 1].pages : [];
  goTo(finding.page || pages[0] || view.page);
}

function chooseCell(place) {
  const findings = findingsOf(place.table, place.row, place.column);
  const kept = samePlace(place, chosen.finding && cellOfFinding(chosen.finding));
  chosen.place = place;
  if (!kept) chosen.finding = findings.find((finding) => !isDone(finding)) || findings[0] || null;
  const pages = DATA.tables[place.table].records[place.row - 1].pages;
  goTo(pages.includes(view.page) ? view.page : pages[0]);
}

/** Show a page and whatever is chosen on it. */
function goTo(number) {
  if (number !== view.page) {
    showPicture(number);
    showTables(number);
    pageSelect.value = String(number);
  }
  drawBoxes();
  scrollToChosen();
  showChosenCell();
  showChosenItem();
  showCard();
}

/** Show everything anew after something was said. */
function refresh() {
  tables.querySelectorAll("td[data-row]").forEach(fillCell);
  list.querySelectorAll("[data-finding]").forEach((button) => fillItem(button, DATA.findings[button.dataset.finding]));
  drawBoxes();
  showCounts();
  showChosenCell();
  showCard();
  if (!state.canStore) {
    notify("Draf tidak dapat disimpan di peramban ini. Tekan Simpan koreksi sebelum menutup halaman.");
  }
}

function notify(text) {
  const notice = document.getElementById("notice");
  notice.textContent = text;
  notice.hidden = !text;
  if (text) setTimeout(() => notice.textContent === text && state.canStore && (notice.hidden = true), 8000);
}

/** The findings a verdict is about: those of the chosen cell, else the chosen one. */
function chosenFindings() {
  const own = chosen.place ? findingsOf(chosen.place.table, chosen.place.row, chosen.place.column) : [];
  return own.length || !chosen.finding ? own : [chosen.finding];
}

function showCard() {
  const { place } = chosen;
  const findings = chosenFindings();
  const parts = [];
  if (place) {
    parts.push(make("h3", { textContent: cardTitle(place) }));
    parts.push(make("p", { className: "row", textContent: rowName(place.table, place.row) }));
  }
  if (!place && findings.length) parts.push(make("h3", { textContent: placeName(findings[0]) }));
  if (!place && !findings.length) parts.push(make("p", { className: "quiet", textContent: "Pilih temuan, atau klik sel pada gambar atau tabel." }));
  const told = make("div", { className: "told" });
  for (const finding of findings) told.append(sayFinding(finding));
  parts.push(told);
  if (place) parts.push(factsElement(place));
  if (place || findings.length) parts.push(actsElement(place, findings), whyElement(place, findings));
  card.replaceChildren(...parts);
}

function cardTitle({ table, row, column }) {
  return "Tabel " + DATA.tables[table].label + ", baris " + row + ", " + columnOf(table, column).title;
}

function sayFinding(finding) {
  const sign = make("span", { className: "sign " + finding.severity, textContent: SIGNS[finding.severity] });
  sign.setAttribute("aria-hidden", "true");
  const said = make(
    "span",
    {},
    make("strong", { textContent: SIGN_WORDS[finding.severity] + ": " }),
    finding.message + " ",
    make("span", { className: "code", textContent: finding.code }),
  );
  return make("p", {}, sign, said);
}

function factsElement(place) {
  const { table, row, column } = place;
  const cell = cellOf(table, row, column);
  const { kind } = columnOf(table, column);
  const show = (value) => (isNumber(kind) ? showNumber(value) : value) || "(kosong)";
  const facts = [["Tertulis", cell.raw || cell.v || "(kosong)"], ["Dibaca", show(cell.v || "")]];
  if (cell.number) facts.push(["Nilainya", showNumber(cell.number)]);
  const correction = correctionOf(table, row, column);
  if (correction) facts.push(["Koreksi", show(correction.after)]);
  if (correction && correction.who) facts.push(["Oleh", correction.who + ", " + correction.when.slice(0, 16).replace("T", " ")]);
  if (cell.sure !== undefined) facts.push(["Keyakinan", Math.round(cell.sure * 100) + " %"]);
  const element = make("dl");
  for (const [name, text] of facts) element.append(make("dt", { textContent: name }), make("dd", { textContent: text }));
  return element;
}

function actsElement(place, findings) {
  const acts = make("div", { className: "acts" });
  const add = (text, act, name = "") => acts.append(make("button", { type: "button", textContent: text, className: name, onclick: act }));
  if (place) add("Ubah (Enter)", () => editCell(place), "primary");
  if (place) {
    for (const other of cellOf(place.table, place.row, place.column).others || []) {
      const text = textWith(place, other);
      if (text !== valueOf(place.table, place.row, place.column)) add("Pakai " + showNumber(other), () => useText(place, text));
    }
  }
  if (findings.length) {
    add("Benar (b)", () => say(STATUS.right));
    add("Abaikan (a)", () => say(STATUS.ignored));
  }
  if (findings.some(isDone) || (place && correctionOf(place.table, place.row, place.column))) add("Urungkan (u)", undo);
  return acts;
}

/** A cell's text with another reading of its print; beside a number that is part of a text, its unit stays. */
function textWith(place, reading) {
  if (isNumber(columnOf(place.table, place.column).kind)) return reading;
  const text = cellOf(place.table, place.row, place.column).v || "";
  return text.replace(/\d(?:[\d.,]*\d)?/, showNumber(reading));
}

function useText(place, text) {
  correct(place, text, "");
  refresh();
}

/** A field for the reason; it goes with the correction or the decision it stands under. */
function whyElement(place, findings) {
  const correction = place && correctionOf(place.table, place.row, place.column);
  const decided = findings.find((finding) => state.decisions.has(finding.id) && isDone(finding));
  const field = make("input", { type: "text", id: "why", maxLength: 500 });
  field.value = correction ? correction.why : decided ? state.decisions.get(decided.id).why : "";
  field.disabled = !correction && !decided;
  field.placeholder = field.disabled ? "setelah ada koreksi atau tanda" : "";
  field.addEventListener("change", () => {
    if (correction) correct(place, correction.after, field.value.trim());
    else for (const finding of findings) decide(finding, statusOf(finding), field.value.trim());
    showCounts();
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && field.blur());
  return make("div", { className: "why" }, make("label", { htmlFor: "why", textContent: "Alasan (boleh kosong)" }), field);
}

function say(status) {
  const findings = chosenFindings();
  if (!findings.length) return;
  for (const finding of findings) decide(finding, status, "");
  refresh();
}

function undo() {
  takeBack(chosen.place, chosenFindings());
  refresh();
}

function turnPage(direction) {
  const numbers = DATA.pages.map((page) => page.n);
  const next = numbers[numbers.indexOf(view.page) + direction];
  if (next === undefined) return;
  chosen.place = null;
  chosen.finding = null;
  goTo(next);
}

function exportFile() {
  const name = document.getElementById("reviewer");
  if (!name.value.trim()) {
    notify("Isi nama pemeriksa dahulu, supaya jelas siapa yang mengoreksi.");
    name.focus();
    return;
  }
  const blob = new Blob([JSON.stringify(fileOfCorrections(), null, 1)], { type: "application/json" });
  const link = make("a", { href: URL.createObjectURL(blob), download: "koreksi-" + DATA.name + ".json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  state.unsaved = 0;
  keepDraft();
  showCounts();
  notify("Koreksi diunduh sebagai koreksi-" + DATA.name + ".json.");
}

async function importFile(input) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  try {
    const record = JSON.parse(await file.text());
    if (record.format !== "renja-koreksi" || record.reading !== DATA.reading) {
      notify("Berkas itu bukan koreksi untuk hasil baca ini.");
      return;
    }
    notify(takeFile(record) + " koreksi dan tanda dibuka dari berkas.");
    keepDraft();
    showList();
    refresh();
  } catch {
    notify("Berkas itu tidak dapat dibaca sebagai koreksi.");
  }
}

const SHORTCUTS = {
  j: () => step(1),
  k: () => step(-1),
  b: () => say(STATUS.right),
  a: () => say(STATUS.ignored),
  u: undo,
  "[": () => turnPage(-1),
  "]": () => turnPage(1),
  "+": () => zoom(view.scale * ZOOM_STEP),
  "-": () => zoom(view.scale / ZOOM_STEP),
  "?": () => document.getElementById("help").showModal(),
};

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.getElementById("help").open) return;
  const inText = event.target.matches("input[type=text], textarea, select");
  if (event.key === "Escape" && inText) event.target.blur();
  if (inText) return;
  const inCell = event.target.matches("td[data-row]");
  const onItem = event.target.matches('[data-finding][aria-current="true"]');
  if (event.key === "Enter" && chosen.place && (inCell || onItem || event.target === document.body)) {
    event.preventDefault();
    editCell(chosen.place);
  } else if (inCell && event.key.startsWith("Arrow")) {
    event.preventDefault();
    moveCell(event.key);
  } else if (event.target.closest("#findings") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (SHORTCUTS[event.key] && document.getElementById("shortcuts").checked) {
    event.preventDefault();
    SHORTCUTS[event.key]();
  }
}

function listenToBar() {
  const on = (id, type, act) => document.getElementById(id).addEventListener(type, act);
  on("export", "click", exportFile);
  on("import", "change", (event) => importFile(event.target));
  on("reviewer", "change", keepDraft);
  on("help-open", "click", SHORTCUTS["?"]);
  on("page-back", "click", () => turnPage(-1));
  on("page-on", "click", () => turnPage(1));
  on("smaller", "click", SHORTCUTS["-"]);
  on("larger", "click", SHORTCUTS["+"]);
  on("fit", "click", () => zoom(fitScale(pageInfo(view.page))));
  pageSelect.addEventListener("change", () => turnPage(pageSelect.selectedIndex - DATA.pages.findIndex((page) => page.n === view.page)));
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", (event) => !state.canStore && state.unsaved && event.preventDefault());
}

function start() {
  document.getElementById("name").textContent = DATA.name;
  document.getElementById("about").textContent = [DATA.agency, DATA.year, DATA.source.name].filter(Boolean).join(" · ");
  pageSelect.append(...DATA.pages.map((page) => make("option", { value: page.n, textContent: page.n })));
  takeFile(DATA.applied);
  takeDraft();
  indexFindings();
  listenToBar();
  listenToPicture();
  listenToTables();
  listenToList();
  showList();
  showCounts();
  const first = shownFindings().find((finding) => !isDone(finding)) || shownFindings()[0];
  if (first) chooseFinding(first);
  else if (DATA.pages.length) goTo(DATA.pages[0].n);
}

start();
