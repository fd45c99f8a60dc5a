// The work list: findings in order of weight, filtered, each with its status.

const list = document.getElementById("findings");
const SHORT_TITLE = 24; // characters of one part of a header path in the list
const hideDone = document.getElementById("hide-done");

function shownSeverities() {
  const checked = document.querySelectorAll("[data-severity]:checked");
  return new Set([...checked].map((box) => box.dataset.severity));
}

function shownFindings() {
  const severities = shownSeverities();
  return DATA.findings.filter(
    (finding) => severities.has(finding.severity) && !(hideDone.checked && isDone(finding) && finding !== chosen.finding),
  );
}

function showList() {
  const findings = shownFindings();
  list.replaceChildren(...findings.map(itemElement));
  document.getElementById("no-findings").hidden = findings.length > 0;
  showChosenItem();
}

function itemElement(finding) {
  const item = make("li");
  const button = make("button", { type: "button", tabIndex: -1 });
  button.dataset.finding = DATA.findings.indexOf(finding);
  fillItem(button, finding);
  item.append(button);
  return item;
}

function fillItem(button, finding) {
  const status = statusOf(finding);
  const sign = make("span", { className: "sign " + finding.severity, textContent: SIGNS[finding.severity] });
  sign.setAttribute("role", "img");
  sign.setAttribute("aria-label", SIGN_WORDS[finding.severity]);
  button.className = status === STATUS.open ? "" : "done";
  button.replaceChildren(
    sign,
    make("span", { className: "place", textContent: placeName(finding) }),
    make("span", { className: "page", textContent: finding.page ? "hal. " + finding.page : "" }),
    make("span", { className: "says", textContent: finding.message }),
  );
  if (status !== STATUS.open) button.append(make("span", { className: "status", textContent: "✓ " + status }));
}

/** The last two parts of a header path, each cut to what fits beside the others. */
function shortTitle(title) {
  const cut = (part) => (part.length > SHORT_TITLE ? part.slice(0, SHORT_TITLE - 1).trim() + "…" : part);
  return title.split(" › ").slice(-2).map(cut).join(" › ");
}

function placeName(finding) {
  if (finding.table === null) return "Dokumen";
  const table = DATA.tables[finding.table];
  const parts = [table.label];
  if (finding.row) parts.push("baris " + finding.row);
  if (finding.column !== null) parts.push(shortTitle(table.columns[finding.column].title));
  return parts.join(", ");
}

/** Mark the chosen finding and bring it into view; it alone is reached with Tab. */
function showChosenItem() {
  list.querySelectorAll("button").forEach((button) => {
    button.removeAttribute("aria-current");
    button.tabIndex = -1;
  });
  const button = chosen.finding && itemOf(chosen.finding);
  const entry = button || list.querySelector("button");
  if (entry) entry.tabIndex = 0;
  if (!button) return;
  button.setAttribute("aria-current", "true");
  button.scrollIntoView({ block: "nearest" });
}

function itemOf(finding) {
  return list.querySelector(`[data-finding="${DATA.findings.indexOf(finding)}"]`);
}

function showCounts() {
  for (const severity of ["error", "warning", "info"]) {
    const all = DATA.findings.filter((finding) => finding.severity === severity);
    const open = all.filter((finding) => !isDone(finding)).length;
    document.querySelector(`[data-count="${severity}"]`).textContent = "(" + open + " dari " + all.length + ")";
  }
  const matter = DATA.findings.filter((finding) => finding.severity !== "info");
  const done = matter.filter(isDone).length;
  const corrected = [...state.corrections.values()].filter((c) => correctionOf(c.table, c.row, c.column)).length;
  document
    .getElementById("progress")
    .replaceChildren(
      make("strong", { textContent: done + " dari " + matter.length }),
      " selesai · " + corrected + " koreksi" + (state.unsaved ? " · belum diunduh" : ""),
    );
}

/** Go to the next (1) or previous (-1) finding of the list. */
function step(direction) {
  const findings = shownFindings();
  if (!findings.length) return;
  const at = findings.indexOf(chosen.finding);
  const next = at < 0 ? (direction > 0 ? 0 : findings.length - 1) : at + direction;
  if (next < 0 || next >= findings.length) {
    notify(direction > 0 ? "Ini temuan terakhir dalam daftar." : "Ini temuan pertama dalam daftar.");
    return;
  }
  chooseFinding(findings[next]);
  const button = itemOf(findings[next]);
  if (button) button.focus();
}

function listenToList() {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-finding]");
    if (button) chooseFinding(DATA.findings[button.dataset.finding]);
  });
  document.querySelectorAll(".filters input").forEach((box) => box.addEventListener("change", showList));
}
