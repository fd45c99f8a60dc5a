// What was read (never changed), what the reviewer said about it, and the draft that survives a closed tab.

const DATA = JSON.parse(document.getElementById("data").textContent);
const DRAFT_KEY = "renja-periksa:" + DATA.reading;
const NAME_KEY = "renja-periksa:nama";
const STATUS = { open: "Belum", right: "Benar", corrected: "Diperbaiki", ignored: "Abaikan" };

/** Corrections by "table|row|column" (1-based row, column index) and decisions by finding id. */
const state = { corrections: new Map(), decisions: new Map(), unsaved: 0, canStore: true };

/** Findings by cell "table|row|column"; one about a whole row stands on its first column. */
const findingsAt = new Map();

function cellKey(table, row, column) {
  return table + "|" + row + "|" + column;
}

function cellOf(table, row, column) {
  return DATA.tables[table].records[row - 1].cells[column] || {};
}

function columnOf(table, column) {
  return DATA.tables[table].columns[column];
}

/** The value a cell has now: the correction, else what was read. */
function valueOf(table, row, column) {
  const correction = correctionOf(table, row, column);
  return correction ? correction.after : cellOf(table, row, column).v || "";
}

/** The correction of a cell; one that was taken back is none. */
function correctionOf(table, row, column) {
  const correction = state.corrections.get(cellKey(table, row, column));
  return correction && correction.after !== (cellOf(table, row, column).v || "") ? correction : null;
}

function findingsOf(table, row, column) {
  return findingsAt.get(cellKey(table, row, column)) || [];
}

function cellOfFinding(finding) {
  if (finding.table === null || !finding.row) return null;
  return { table: finding.table, row: finding.row, column: finding.column === null ? 0 : finding.column };
}

function statusOf(finding) {
  const place = cellOfFinding(finding);
  if (place && finding.column !== null && correctionOf(place.table, place.row, place.column)) return STATUS.corrected;
  const decision = state.decisions.get(finding.id);
  return decision ? decision.status : STATUS.open;
}

function isDone(finding) {
  return statusOf(finding) !== STATUS.open;
}

function correct(place, after, why) {
  const key = cellKey(place.table, place.row, place.column);
  state.corrections.set(key, { ...place, after, why, when: now(), who: reviewer() });
  state.unsaved += 1;
  keepDraft();
}

function decide(finding, status, why) {
  state.decisions.set(finding.id, { status, why, when: now(), who: reviewer() });
  state.unsaved += 1;
  keepDraft();
}

/** Take back what was said about a cell and its findings. */
function takeBack(place, findings) {
  if (place) {
    const correction = correctionOf(place.table, place.row, place.column);
    if (correction) correct(place, cellOf(place.table, place.row, place.column).v || "", "");
  }
  for (const finding of findings) {
    if (state.decisions.has(finding.id)) decide(finding, STATUS.open, "");
  }
}

/** Local time with its offset, ISO 8601. */
function now() {
  const time = new Date();
  const offset = -time.getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const local = new Date(time.getTime() + offset * 60000).toISOString().slice(0, 19);
  return local + (offset < 0 ? "-" : "+") + two(offset / 60) + ":" + two(offset % 60);
}

function reviewer() {
  return document.getElementById("reviewer").value.trim();
}

function keepDraft() {
  const draft = {
    corrections: [...state.corrections.values()],
    decisions: [...state.decisions].map(([id, decision]) => ({ id, ...decision })),
    unsaved: state.unsaved,
  };
  try {
    localStorage.setItem(DRAFT_KEY, JSON.stringify(draft));
    localStorage.setItem(NAME_KEY, reviewer());
  } catch {
    state.canStore = false;
  }
}

function takeDraft() {
  try {
    document.getElementById("reviewer").value = localStorage.getItem(NAME_KEY) || "";
    const draft = JSON.parse(localStorage.getItem(DRAFT_KEY) || "null");
    if (!draft) return;
    for (const entry of draft.corrections) {
      if (knows(entry)) state.corrections.set(cellKey(entry.table, entry.row, entry.column), entry);
    }
    for (const { id, ...decision } of draft.decisions) state.decisions.set(id, decision);
    state.unsaved = draft.unsaved;
  } catch {
    state.canStore = false;
  }
}

function knows(place) {
  const table = DATA.tables[place.table];
  return Boolean(table && table.records[place.row - 1] && table.columns[place.column]);
}

/** Take corrections in the form of the exported file; returns how many were for rows we know. */
function takeFile(file) {
  let taken = 0;
  for (const entry of file.corrections) {
    const table = DATA.tables.findIndex((known) => known.name === entry.table);
    const column = table < 0 ? -1 : DATA.tables[table].columns.findIndex((known) => known.key === entry.column);
    const place = { table, row: entry.row, column };
    if (!knows(place)) continue;
    const { after, why, when, who } = entry;
    state.corrections.set(cellKey(table, entry.row, column), { ...place, after, why, when, who });
    taken += 1;
  }
  for (const { finding, status, why, when, who } of file.decisions) {
    state.decisions.set(finding, { status, why, when, who });
    taken += 1;
  }
  return taken;
}

/** The file `renja apply` reads; a name typed late stands for what was said before it. */
function fileOfCorrections() {
  const corrections = [...state.corrections.values()].map(({ table, row, column, after, why, when, who }) => ({
    table: DATA.tables[table].name,
    row,
    column: columnOf(table, column).key,
    before: cellOf(table, row, column).v || "",
    after,
    who: who || reviewer(),
    when,
    why,
  }));
  const decisions = [...state.decisions].map(([finding, { status, why, when, who }]) => ({
    finding,
    status,
    who: who || reviewer(),
    when,
    why,
  }));
  return {
    format: "renja-koreksi",
    version: 1,
    source: DATA.source,
    reading: DATA.reading,
    exported: now(),
    corrections,
    decisions,
  };
}

function indexFindings() {
  for (const finding of DATA.findings) {
    const place = cellOfFinding(finding);
    if (!place) continue;
    const key = cellKey(place.table, place.row, place.column);
    if (!findingsAt.has(key)) findingsAt.set(key, []);
    findingsAt.get(key).push(finding);
  }
}
