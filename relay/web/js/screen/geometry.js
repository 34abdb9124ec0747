/**
 * Where the picture stands on the page, and which of its pixels is under a point. Pure. Pages count
 * in CSS pixels, `ratio` of which make one of the device's; 100 % is one pixel of the picture for
 * each pixel of the device.
 */

/** @typedef {"fit" | number} Size "fit", or percent */
/** @typedef {{ readonly width: number, readonly height: number }} Extent */
/** @typedef {{ readonly left: number, readonly top: number, readonly width: number, readonly height: number }} Place */
/** @typedef {{ readonly x: number, readonly y: number }} Point */

export const SIZES = [25, 50, 75, 100, 125, 150, 200, 300, 400];

/**
 * Where in its frame (CSS pixels of the window) the picture stands, from the frame's corner: in the
 * middle where there is room, else from that corner on, to be scrolled. Its edges lie on pixels of
 * the device. It is never made larger to fit.
 * @param {Extent} picture
 * @param {Place} frame
 * @param {Size} size
 * @param {number} ratio
 * @returns {Place}
 */
export function placed(picture, frame, size, ratio) {
  const scale = scaleOf(picture, frame, size, ratio);
  const width = picture.width * scale;
  const height = picture.height * scale;
  const left = before(frame.left, frame.width - width, ratio);
  return { left, top: before(frame.top, frame.height - height, ratio), width, height };
}

/**
 * @param {number} corner
 * @param {number} space
 * @param {number} ratio
 */
function before(corner, space, ratio) {
  const first = Math.ceil(corner * ratio - 1e-6);
  return Math.max(first, Math.round((corner + space / 2) * ratio)) / ratio - corner;
}

/**
 * CSS pixels for one pixel of the picture.
 * @param {Extent} picture
 * @param {Extent} frame
 * @param {Size} size
 * @param {number} ratio
 */
function scaleOf(picture, frame, size, ratio) {
  if (size !== "fit") return size / 100 / ratio;
  return Math.min(1 / ratio, frame.width / picture.width, frame.height / picture.height);
}

/**
 * How large the picture is shown, in percent.
 * @param {Extent} picture
 * @param {Extent} frame
 * @param {Size} size
 * @param {number} ratio
 */
export function percent(picture, frame, size, ratio) {
  return Math.round(scaleOf(picture, frame, size, ratio) * ratio * 100);
}

/**
 * The next step of the zoom from `now` percent; the last one stays.
 * @param {number} now
 * @param {1 | -1} way
 */
export function stepped(now, way) {
  const further = SIZES.filter((size) => (way > 0 ? size > now : size < now));
  return (way > 0 ? further[0] : further.at(-1)) ?? (way > 0 ? 400 : 25);
}

/**
 * The pixel of the picture under a point of the page; beside the picture, the nearest one.
 * @param {Extent} picture
 * @param {Place} at where the picture stands, in the same coordinates as `point`
 * @param {Point} point
 * @returns {Point}
 */
export function pixelAt(picture, at, { x, y }) {
  return {
    x: within(((x - at.left) * picture.width) / at.width, picture.width),
    y: within(((y - at.top) * picture.height) / at.height, picture.height),
  };
}

/**
 * Half a pixel of rounding must not lead to the neighbour.
 * @param {number} along
 * @param {number} count
 */
function within(along, count) {
  return Math.min(count - 1, Math.max(0, Math.floor(along + 1e-6)));
}

/**
 * The middle of a pixel as a place along its picture, for CSS.
 * @param {number} pixel
 * @param {number} count
 */
export function percentOf(pixel, count) {
  return `${((pixel + 0.5) * 100) / count}%`;
}
