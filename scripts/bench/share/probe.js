// Runs in the viewer's page and looks at its picture once an animation frame. A frame is read after
// its own callbacks have run, so that a page that draws in one of them is seen in the frame in
// which it draws.
window.BenchProbe = class {
    static SPOT = 8;

    constructor({ code, cells, cell, number_bits, marker, width, height, spots }) {
        Object.assign(this, { code, cells, cell, bits: number_bits, marker, width, height, spots });
        this.drawn = [];
        this.truths = null;
        this.clear = [];
        this.judged = null;
        this.wholes = [];
        this.flipTimes = [];
        this.pressTimes = [];
        this.shades = "";
        this.red = null;
        this.running = true;
        this.whenFlipped = () => {};
        this.strip = this.pad(code.width, code.height);
        this.spot = this.pad(this.constructor.SPOT, this.constructor.SPOT);
        this.grid = this.pad(spots.columns, spots.rows);
        this.grid.imageSmoothingEnabled = false;
        this.after = new MessageChannel();
        this.after.port1.onmessage = () => this.look();
        this.onPress = ({ timeStamp }) => this.pressTimes.push(timeStamp);
        addEventListener("pointerdown", this.onPress, { capture: true });
        this.frame();
    }

    latest() {
        return this.drawn.at(-1)?.[0] ?? [];
    }

    // Everything since the last call; the newest stays, as what the next call begins with.
    take() {
        return this.drawn.splice(0, this.drawn.length, ...this.drawn.slice(-1));
    }

    // Number `first` shows the first of these pictures, the next one the second, and so on, over and
    // over. Each is the red, green and blue of its spots in base64, and `counted` a byte for each,
    // 0: it does not count. `most`: the largest mean squared error of one that can be read.
    expect(first, pictures, counted, most) {
        const bytes = (text) => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
        this.truths = { first, pictures: pictures.map(bytes), counted: bytes(counted), most };
        this.clear = [];
        this.judged = null;
    }

    // What could be read since `expect`; from now on nothing is judged.
    judgements() {
        this.truths = null;
        return this.clear;
    }

    // Sets the picture aside as it is now: giving it away takes longer.
    keep() {
        const { width, height } = this;
        const pad = this.pad(width, height);
        pad.drawImage(this.picture(), 0, 0);
        this.wholes.push(pad.getImageData(0, 0, width, height).data);
    }

    // The oldest that was kept: red, green, blue and opacity of every pixel, as an address with
    // base64 in it.
    kept() {
        const data = this.wholes.shift();
        return new Promise((tell) => {
            const reader = new FileReader();
            reader.onload = () => tell(reader.result);
            reader.readAsDataURL(new Blob([data]));
        });
    }

    flips() {
        return this.flipTimes.length;
    }

    // Resolves with the times of the press and of the flip number `from`; null when none comes.
    flipped(from, patience) {
        return new Promise((tell) => {
            this.whenFlipped = () => {
                const at = this.flipTimes[from];
                if (at !== undefined) tell([this.pressTimes.at(-1), at]);
            };
            this.whenFlipped();
            setTimeout(() => tell(null), patience);
        });
    }

    place() {
        const { left, top, width, height } = this.picture().getBoundingClientRect();
        return [left, top, width, height];
    }

    stop() {
        this.running = false;
        removeEventListener("pointerdown", this.onPress, { capture: true });
    }

    frame() {
        if (!this.running) return;
        this.after.port2.postMessage(0);
        requestAnimationFrame(() => this.frame());
    }

    look() {
        const canvas = this.picture();
        if (!canvas) return;
        const now = performance.now();
        const shades = this.brightness(canvas);
        if (shades.join() !== this.shades) {
            this.shades = shades.join();
            this.drawn.push([shades, now]);
        }
        if (this.truths) this.judge(canvas, shades, now);
        const red = this.isRed(canvas);
        if (this.red !== null && red !== this.red) {
            this.flipTimes.push(now);
            this.whenFlipped();
        }
        this.red = red;
    }

    // Whether the picture with this number is readable; it is looked at until it is.
    judge(canvas, shades, now) {
        const number = shades.slice(0, this.bits)
            .reduce((sum, shade) => 2 * sum + (shade > 127 ? 1 : 0), 0);
        const { first, pictures, most } = this.truths;
        if (number === this.judged || number < first) return;
        if (this.error(canvas, pictures[(number - first) % pictures.length]) > most) return;
        this.judged = number;
        this.clear.push([shades, now]);
    }

    // The mean squared error over the spots that count.
    error(canvas, truth) {
        const { columns, rows, stride } = this.spots;
        const { counted } = this.truths;
        const reach = [columns * stride, rows * stride];
        this.grid.drawImage(canvas, 0, 0, ...reach, 0, 0, columns, rows);
        const shown = this.grid.getImageData(0, 0, columns, rows).data;
        let [sum, count] = [0, 0];
        for (let at = 0; at < columns * rows; at += 1) {
            if (!counted[at]) continue;
            count += 3;
            for (let colour = 0; colour < 3; colour += 1) {
                sum += (shown[4 * at + colour] - truth[3 * at + colour]) ** 2;
            }
        }
        return sum / count;
    }

    picture() {
        return [...document.querySelectorAll("canvas")]
            .find((one) => one.width === this.width && one.height === this.height);
    }

    pad(width, height) {
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        return canvas.getContext("2d", { willReadFrequently: true });
    }

    pixels(pad, canvas, left, top) {
        const { width, height } = pad.canvas;
        pad.drawImage(canvas, left, top, width, height, 0, 0, width, height);
        return pad.getImageData(0, 0, width, height).data;
    }

    // The mean green of the inner quarter of each cell.
    brightness(canvas) {
        const { code, cell, cells } = this;
        const data = this.pixels(this.strip, canvas, code.left, code.top);
        return Array.from({ length: cells }, (_, index) => {
            let sum = 0;
            for (let y = cell / 4; y < cell * 3 / 4; y += 1) {
                for (let x = cell / 4; x < cell * 3 / 4; x += 1) {
                    sum += data[4 * (y * code.width + index * cell + x) + 1];
                }
            }
            return Math.round(sum * 4 / (cell * cell));
        });
    }

    isRed(canvas) {
        const [left, top, width, height] = this.marker;
        const { SPOT } = this.constructor;
        const [x, y] = [left + (width - SPOT) / 2, top + (height - SPOT) / 2];
        const data = this.pixels(this.spot, canvas, x, y);
        return data[0] > data[2];
    }
};
