/** A QR code as a picture, drawn from its rows. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {readonly string[]} rows of 0 and 1, 1 is dark
 * @param {string} name for readers
 */
export function qrPicture(rows, name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "key-qr");
  picture.setAttribute("viewBox", `0 0 ${rows[0]?.length ?? 0} ${rows.length}`);
  picture.setAttribute("shape-rendering", "crispEdges");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", name);
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path(rows));
  dark.setAttribute("fill", "currentColor");
  picture.append(dark);
  return picture;
}

/** One bar for each run of dark modules. @param {readonly string[]} rows */
function path(rows) {
  return rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => bar(run.index, y, run[0].length)))
    .join("");
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function bar(x, y, width) {
  return `M${x} ${y}h${width}v1h-${width}z`;
}
