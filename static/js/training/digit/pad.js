import { byId } from "../../element.js";

const PEN = 20;
const STRIDE = 10;

/**
 * A sheet to draw a digit on: by mouse, finger or pen, or by keyboard (arrows move the pen, space sets it down and lifts
 * it, Backspace clears).
 *
 * @param {{onDraw: () => void}} listener
 */
export function createPad({ onDraw }) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("pad"));
  const cursor = byId("pad-pen");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const { width, height } = canvas;
  let pen = { x: width / 2, y: height / 4, down: false };
  let ink = "black";

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    pen = { ...place(event), down: true };
    line(pen, pen);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const parts = event.getCoalescedEvents?.() ?? [];
    for (const part of parts.length > 0 ? parts : [event]) to(place(part));
  });
  // Lifted, or taken away by the system in the middle of a line.
  canvas.addEventListener("lostpointercapture", () => {
    pen.down = false;
  });
  canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move) to({ x: held(pen.x + STRIDE * move[0], width), y: held(pen.y + STRIDE * move[1], height) });
    else if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) line(pen, pen);
    } else if (event.key === "Backspace" || event.key === "Delete") clear();
    else return;
    event.preventDefault();
    showPen(true);
  });
  canvas.addEventListener("blur", () => {
    pen.down = false;
    showPen(false);
  });

  /** @param {PointerEvent} event */
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  }

  /** @param {{x: number, y: number}} target */
  function to(target) {
    if (pen.down) line(pen, target);
    pen = { ...target, down: pen.down };
  }

  /** @param {{x: number, y: number}} from @param {{x: number, y: number}} target */
  function line(from, target) {
    context.strokeStyle = ink;
    context.lineWidth = PEN;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(target.x + 0.01, target.y);
    context.stroke();
    onDraw();
  }

  /** @param {boolean} shown */
  function showPen(shown) {
    cursor.hidden = !shown;
    cursor.dataset.down = String(pen.down);
    cursor.style.setProperty("left", `${(100 * pen.x) / width}%`);
    cursor.style.setProperty("top", `${(100 * pen.y) / height}%`);
  }

  function clear() {
    context.clearRect(0, 0, width, height);
    onDraw();
  }

  return {
    clear,
    /** @returns {{ink: Float64Array, width: number, height: number}} how much ink lies on each point of the sheet, 0 to 1 */
    read() {
      const { data } = context.getImageData(0, 0, width, height);
      return { ink: Float64Array.from({ length: width * height }, (_, k) => data[4 * k + 3] / 255), width, height };
    },
    /** @param {Uint8Array} pixels 28 × 28, shown as if it had been drawn */
    show(pixels) {
      context.clearRect(0, 0, width, height);
      const side = Math.sqrt(pixels.length);
      const size = width / side;
      context.fillStyle = ink;
      for (let k = 0; k < pixels.length; k += 1) {
        context.globalAlpha = pixels[k] / 255;
        if (pixels[k] > 0) context.fillRect((k % side) * size, Math.floor(k / side) * size, size, size);
      }
      context.globalAlpha = 1;
    },
    /** @param {string} colour of the ink; what is drawn changes to it */
    wear(colour) {
      if (ink === colour) return;
      ink = colour;
      context.globalCompositeOperation = "source-in";
      context.fillStyle = ink;
      context.fillRect(0, 0, width, height);
      context.globalCompositeOperation = "source-over";
    },
  };
}

/** @param {number} value @param {number} size */
function held(value, size) {
  return Math.min(size - 1, Math.max(0, value));
}
