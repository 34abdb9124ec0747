// Runs in the viewer's page and looks at its picture once an animation frame. A frame is read after
// its own callbacks have run, so that a page that draws in one of them is seen in the frame in
// which it draws.
window.BenchProbe = class {
    static SPOT = 8;

    constructor({ code, cells, cell, marker, width, height }) {
        Object.assign(this, { code, cells, cell, marker, width, height });
        this.drawn = [];
        this.flipTimes = [];
        this.pressTimes = [];
        this.shades = "";
        this.red = null;
        this.running = true;
        this.whenFlipped = () => {};
        this.strip = this.pad(code.width, code.height);
        this.spot = this.pad(this.constructor.SPOT, this.constructor.SPOT);
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
        const red = this.isRed(canvas);
        if (this.red !== null && red !== this.red) {
            this.flipTimes.push(now);
            this.whenFlipped();
        }
        this.red = red;
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
