// Runs in the representative's page: when which line of the conversation is there, and lines of its
// own, written as a person's keys would.
window.BenchChat = class {
    static LAST = 12;

    constructor(log, field) {
        Object.assign(this, { log, field });
        this.theirs = new Map();
        this.stored = new Map();
        this.said = [];
        this.timer = 0;
        this.watch = new MutationObserver(() => this.look());
        this.watch.observe(log, { childList: true, subtree: true, attributes: true });
    }

    look() {
        const now = performance.now();
        const lines = [...this.log.querySelectorAll(".line")].slice(-this.constructor.LAST);
        for (const line of lines) {
            const text = line.querySelector(".bubble")?.textContent ?? "";
            const own = line.classList.contains("own");
            if (own && line.classList.contains("pending")) continue;
            const known = own ? this.stored : this.theirs;
            if (!known.has(text)) known.set(text, now);
        }
    }

    // A line every so many ms: `name` and a number.
    speak(name, every) {
        let number = 0;
        this.timer = setInterval(() => {
            number += 1;
            const text = `${name}${number}`;
            this.field.value = text;
            this.field.dispatchEvent(new Event("input", { bubbles: true }));
            this.said.push([text, performance.now()]);
            this.field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }, every);
    }

    hush() {
        clearInterval(this.timer);
    }

    take() {
        return { theirs: [...this.theirs], stored: [...this.stored], said: this.said.splice(0) };
    }

    stop() {
        this.hush();
        this.watch.disconnect();
    }
};
