// The rows of the page in view, as read: only these are in the document, however long the table is.

const SIGNS = { error: "■", warning: "▲", info: "●", done: "✓", corrected: "✎" };
const SIGN_WORDS = {
  error: "Kesalahan",
  warning: "Peringatan",
  info: "Info",
  done: "Sudah diperiksa",
  corrected: "Dikoreksi",
};
const PARENTS = new Set(["urusan", "bidang_urusan", "program", "kegiatan", "kelompok", "total"]);
const tables = document.getElementById("tables");

/** Make an element: its name, what it is (properties), what it holds. */
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function showTables(number) {
  const parts = [];
  let rows = 0;
  DATA.tables.forEach((table, t) => {
    const records = table.records
      .map((record, r) => ({ record, row: r + 1 }))
      .filter(({ record }) => record.pages.includes(number));
    if (!records.length) return;
    rows += records.length;
    parts.push(make("h3", { id: "judul-" + t, textContent: headingOf(table) }));
    parts.push(tableElement(table, t, records));
  });
  if (!parts.length) parts.push(make("p", { className: "quiet", textContent: "Tidak ada baris tabel di halaman ini." }));
  tables.replaceChildren(...parts);
  tables.scrollTo(0, 0);
  document.getElementById("tables-about").textContent = rows ? rows + " baris di halaman " + number : "";
}

function tableElement(table, t, records) {
  const element = make("table");
  element.setAttribute("role", "grid");
  element.setAttribute("aria-labelledby", "judul-" + t);
  element.append(headElement(table));
  const body = make("tbody");
  for (const { record, row } of records) body.append(rowElement(table, t, record, row));
  element.append(body);
  return element;
}

function headElement(table) {
  const head = make("thead");
  for (let row = 0; row < table.headerRows; row += 1) {
    const line = make("tr");
    if (row === 0) line.append(make("th", { textContent: "Baris", rowSpan: table.headerRows, scope: "col" }));
    for (const [at, , rowSpan, colSpan, text] of table.header) {
      if (at !== row) continue;
      const cell = make(text ? "th" : "td", { textContent: text, rowSpan, colSpan });
      if (text) cell.scope = colSpan > 1 ? "colgroup" : "col";
      line.append(cell);
    }
    head.append(line);
  }
  return head;
}

function rowElement(table, t, record, row) {
  const line = make("tr", { className: record.bold || PARENTS.has(record.level) ? "parent" : "" });
  line.append(make("th", { textContent: String(row), scope: "row" }));
  table.columns.forEach((column, index) => {
    const cell = make("td", { tabIndex: -1 });
    Object.assign(cell.dataset, { table: t, row, column: index });
    fillCell(cell);
    line.append(cell);
  });
  return line;
}

function placeOf(cell) {
  return { table: Number(cell.dataset.table), row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

function elementOf(place) {
  const { table, row, column } = place;
  return tables.querySelector(`td[data-table="${table}"][data-row="${row}"][data-column="${column}"]`);
}

/** Write a cell anew: its value, and a sign with a word for what is to be said about it. */
function fillCell(cell) {
  const { table, row, column } = placeOf(cell);
  const { kind } = columnOf(table, column);
  const mark = markOf(table, row, column);
  const value = valueOf(table, row, column);
  cell.className = [mark, isNumber(kind) ? "number" : kind === "kode" ? "code" : longText(table, column) ? "text" : ""].join(" ").trim();
  cell.setAttribute("aria-selected", String(samePlace(chosen.place, { table, row, column })));
  cell.replaceChildren();
  if (mark) {
    const sign = make("span", { className: "mark", textContent: SIGNS[mark] });
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", SIGN_WORDS[mark]);
    cell.append(sign);
  }
  cell.append(isNumber(kind) ? showNumber(value) : value);
  if (!value && mark) cell.append(make("span", { className: "blank", textContent: "kosong" }));
  if (mark === "corrected") {
    const before = cellOf(table, row, column).v || "";
    cell.append(make("del", { textContent: (isNumber(kind) ? showNumber(before) : before) || "kosong" }));
  }
}

/** Say whether a column holds sentences rather than single words, so that it is given room. */
function longText(table, column) {
  const info = columnOf(table, column);
  if (info.long === undefined) {
    const texts = DATA.tables[table].records.map((record) => (record.cells[column] || {}).v || "");
    info.long = info.kind === "teks" && texts.some((text) => text.length > 25);
  }
  return info.long;
}

/** The name of a row: its first text that says something. */
function rowName(table, row) {
  const cells = DATA.tables[table].records[row - 1].cells;
  const at = cells.findIndex((cell, column) => longText(table, column) && cell && cell.v);
  return at < 0 ? "" : valueOf(table, row, at);
}

function markOf(table, row, column) {
  if (correctionOf(table, row, column)) return "corrected";
  const findings = findingsOf(table, row, column);
  if (!findings.length) return "";
  const open = findings.filter((finding) => !isDone(finding)).map((finding) => finding.severity);
  return ["error", "warning", "info"].find((severity) => open.includes(severity)) || "done";
}

function samePlace(one, other) {
  return Boolean(one && other && one.table === other.table && one.row === other.row && one.column === other.column);
}

/** Name a table by its label and title; most titles print the label themselves. */
function headingOf(table) {
  const name = "Tabel " + table.label;
  const printed = table.title.toLowerCase().startsWith(name.toLowerCase());
  return printed ? table.title : name + ": " + table.title;
}

/** Mark the chosen cell and bring it into view; it alone is reached with Tab. */
function showChosenCell() {
  tables.querySelectorAll('td[aria-selected="true"]').forEach((cell) => {
    cell.setAttribute("aria-selected", "false");
    cell.tabIndex = -1;
  });
  const cell = chosen.place && elementOf(chosen.place);
  const entry = cell || tables.querySelector("td[data-row]");
  if (entry) entry.tabIndex = 0;
  if (!cell) return;
  cell.setAttribute("aria-selected", "true");
  scrollToCell(cell);
}

/** Bring a cell to the middle of what the standing header and row numbers leave free. */
function scrollToCell(cell) {
  const frame = tables.getBoundingClientRect();
  const box = cell.getBoundingClientRect();
  const table = cell.closest("table");
  const above = table.tHead.offsetHeight;
  const left = cell.parentElement.cells[0].offsetWidth;
  const shift = (start, size, free, from) => start - from - Math.max(0, (free - size) / 2);
  tables.scrollBy(
    shift(box.left, box.width, frame.width - left, frame.left + left),
    shift(box.top, box.height, frame.height - above, frame.top + above),
  );
}

/** Let the reviewer type in the cell itself. Enter keeps, Esc leaves the value as it was. */
function editCell(place) {
  const cell = elementOf(place);
  if (!cell || cell.querySelector("textarea")) return;
  const column = columnOf(place.table, place.column);
  const value = valueOf(place.table, place.row, place.column);
  const shown = isNumber(column.kind) ? showNumber(value) : value;
  const field = make("textarea", { value: shown, rows: Math.max(1, Math.min(8, shown.split("\n").length)) });
  field.setAttribute("aria-label", "Nilai baru: " + column.title + ", baris " + place.row);
  const reads = make("span", { className: "reads", textContent: "Enter menyimpan, Esc membatalkan" });
  reads.setAttribute("role", "status");
  cell.replaceChildren(field, reads);
  field.focus();
  field.select();
  let closed = false;
  const close = (keep) => {
    if (closed) return;
    const typed = isNumber(column.kind) ? readTyped(field.value, column.kind) : { plain: field.value.trim() };
    if (keep === "keep" && typed.problem) {
      tell(reads, typed.problem, "wrong");
      return;
    }
    closed = true;
    const kept = keep !== "drop" && !typed.problem;
    if (kept && typed.plain !== value) correct(place, typed.plain, "");
    if (keep === "leave" && typed.problem) notify("Ubahan pada baris " + place.row + " tidak disimpan: " + typed.problem);
    refresh();
    if (keep !== "leave") elementOf(place).focus();
  };
  field.addEventListener("input", () => {
    if (!isNumber(column.kind)) return;
    const typed = readTyped(field.value, column.kind);
    tell(reads, typed.problem || "Dibaca: " + (showNumber(typed.plain) || "kosong"), typed.problem ? "wrong" : "");
  });
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close("drop");
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      close("keep");
    }
  });
  field.addEventListener("blur", () => close("leave"));
}

function tell(element, text, name) {
  element.textContent = text;
  element.className = ("reads " + name).trim();
}

/** Move from cell to cell with the arrow keys. */
function moveCell(key) {
  const cell = elementOf(chosen.place);
  if (!cell) return;
  const lines = [...cell.closest("tbody").rows];
  const line = lines.indexOf(cell.parentElement);
  const at = cell.cellIndex;
  const steps = {
    ArrowLeft: () => cell.previousElementSibling,
    ArrowRight: () => cell.nextElementSibling,
    ArrowUp: () => lines[line - 1] && lines[line - 1].cells[at],
    ArrowDown: () => lines[line + 1] && lines[line + 1].cells[at],
  };
  const next = steps[key]();
  if (next && next.dataset.row) {
    chooseCell(placeOf(next));
    elementOf(chosen.place).focus();
  }
}

function listenToTables() {
  tables.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-row]");
    if (!cell || cell.querySelector("textarea")) return;
    chooseCell(placeOf(cell));
    elementOf(chosen.place).focus({ preventScroll: true });
  });
  tables.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("td[data-row]");
    if (cell) editCell(placeOf(cell));
  });
  tables.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td[data-row]");
    if (cell && cell === event.target && !samePlace(chosen.place, placeOf(cell))) chooseCell(placeOf(cell));
  });
  tables.addEventListener("mouseover", (event) => {
    const cell = event.target.closest("td[data-row]");
    hover(cell ? placeOf(cell) : null);
  });
}
