// Runs in the viewer's page before its own scripts and notes when messages come, when pictures in
// them are decoded, and what the page says of what it has drawn.
{
    const HEADER = 24;
    const notes = { came: [], ready: [], told: [] };
    window.benchStamps = {
        take: () => Object.fromEntries(Object.entries(notes).map(([name, all]) => [name, all.splice(0)])),
    };
    const isReady = () => notes.ready.push(performance.now());
    const note = (all, data) => {
        const bytes = ArrayBuffer.isView(data) ? data : data instanceof ArrayBuffer ? new Uint8Array(data) : null;
        if (bytes) all.push([performance.now(), Array.from(bytes.subarray(0, HEADER))]);
    };
    // The browser's own objects: noVNC looks at what they are made of.
    const watched = (name, made) => {
        window[name] = new Proxy(window[name], { construct: (Native, given) => made(Native, given) });
    };

    watched("WebSocket", (Native, given) => {
        const socket = new Native(...given);
        socket.addEventListener("message", ({ data }) => note(notes.came, data));
        socket.send = (data) => {
            note(notes.told, data);
            Native.prototype.send.call(socket, data);
        };
        return socket;
    });
    watched("VideoDecoder", (Native, [{ output, error }]) => new Native({
        output: (frame) => {
            isReady();
            output(frame);
        },
        error,
    }));
    watched("Image", (Native, given) => {
        const image = new Native(...given);
        image.addEventListener("load", isReady);
        return image;
    });
    const decode = window.createImageBitmap;
    window.createImageBitmap = async (...given) => {
        const bitmap = await decode.apply(window, given);
        isReady();
        return bitmap;
    };
}
