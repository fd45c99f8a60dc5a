// The page picture: decoded when first shown, with the boxes of the cells over it. All boxes are in points.

const READING_SCALE = 110 / 72; // pixels per point: one pixel of the picture on one of the screen
const ZOOM_STEP = 1.25;
const MAX_SCALE = 4;
const MIN_SCALE = 0.25;
const paper = document.getElementById("paper");
const picture = document.getElementById("picture");
const image = document.getElementById("image");
const boxes = document.getElementById("boxes");
const view = { page: null, scale: READING_SCALE, cells: [] };

function pageInfo(number) {
  return DATA.pages.find((page) => page.n === number);
}

function fitScale(page) {
  return (paper.clientWidth - 24) / page.w;
}

/** Show the picture of a page and collect its cells, smallest first, so that a click finds the innermost. */
function showPicture(number) {
  const page = pageInfo(number);
  view.page = number;
  view.cells = cellsOnPage(number);
  picture.hidden = !page;
  if (!page) return;
  const block = document.getElementById("gambar-" + number);
  image.src = "data:image/webp;base64," + block.textContent;
  image.alt = "Halaman " + number + " dari PDF";
  view.scale = Math.max(READING_SCALE, fitScale(page));
  sizePicture();
}

function cellsOnPage(number) {
  const cells = [];
  DATA.tables.forEach((table, t) =>
    table.records.forEach((record, r) => {
      if (!record.pages.includes(number)) return;
      record.cells.forEach((cell, column) => {
        for (const [page, ...box] of cell.at || []) {
          if (page === number) cells.push({ place: { table: t, row: r + 1, column }, box });
        }
      });
    }),
  );
  const area = ([x0, top, x1, bottom]) => (x1 - x0) * (bottom - top);
  return cells.sort((one, other) => area(one.box) - area(other.box));
}

function sizePicture() {
  const page = pageInfo(view.page);
  picture.style.width = page.w * view.scale + "px";
  picture.style.height = page.h * view.scale + "px";
}

function zoom(scale) {
  if (!pageInfo(view.page)) return;
  view.scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
  sizePicture();
  drawBoxes();
}

/** Draw the boxes of all doubts on the page and of the chosen place. */
function drawBoxes() {
  boxes.replaceChildren();
  for (const finding of DATA.findings) {
    if (finding.page !== view.page || !finding.box) continue;
    addBox(finding.box, "doubt " + finding.severity + (isDone(finding) ? " done" : ""));
  }
  for (const box of chosenBoxes()) addBox(box, "chosen");
}

/** The boxes of the chosen cell on this page, else of the chosen finding. */
function chosenBoxes() {
  const place = chosen.place;
  const own = place ? boxesOf(place) : [];
  if (own.length || !chosen.finding || chosen.finding.page !== view.page) return own;
  return chosen.finding.box ? [chosen.finding.box] : [];
}

function boxesOf(place) {
  const sources = cellOf(place.table, place.row, place.column).at || [];
  return sources.filter(([page]) => page === view.page).map(([, ...box]) => box);
}

function addBox([x0, top, x1, bottom], name) {
  const element = document.createElement("div");
  element.className = name;
  element.style.left = x0 * view.scale + "px";
  element.style.top = top * view.scale + "px";
  element.style.width = (x1 - x0) * view.scale + "px";
  element.style.height = (bottom - top) * view.scale + "px";
  boxes.append(element);
}

function scrollToChosen() {
  const [box] = chosenBoxes();
  if (!box) return;
  const [x0, top, x1, bottom] = box.map((edge) => edge * view.scale);
  paper.scrollTo((x0 + x1 - paper.clientWidth) / 2, (top + bottom - paper.clientHeight) / 2);
}

/** The innermost cell under the pointer. */
function cellUnder(event) {
  const frame = picture.getBoundingClientRect();
  const x = (event.clientX - frame.left) / view.scale;
  const y = (event.clientY - frame.top) / view.scale;
  return view.cells.find(({ box: [x0, top, x1, bottom] }) => x0 <= x && x <= x1 && top <= y && y <= bottom);
}

function hover(place) {
  boxes.querySelectorAll(".hover").forEach((element) => element.remove());
  if (place) for (const box of boxesOf(place)) addBox(box, "hover");
}

function listenToPicture() {
  picture.addEventListener("click", (event) => {
    const hit = cellUnder(event);
    if (hit) chooseCell(hit.place);
  });
  picture.addEventListener("mousemove", (event) => {
    const hit = cellUnder(event);
    hover(hit ? hit.place : null);
  });
  picture.addEventListener("mouseleave", () => hover(null));
}
