// The camera: reads the QR code of a label or of a resident's phone, where the browser can.
import { read } from "./qr.js";
import { words } from "./words.js";

const EVERY = 250; // milliseconds between two looks

export class Scanner {
  // `found(text)` says whether the code belongs to an order here.
  constructor(dialog, found) {
    Object.assign(this, { dialog, found, stream: null });
    this.video = dialog.querySelector("video");
    this.words = dialog.querySelector("[data-t]");
    this.hint = this.words.textContent;
    dialog.addEventListener("close", () => this.end());
  }

  async begin() {
    this.words.textContent = this.hint;
    this.dialog.showModal();
    try {
      this.read = await reader();
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      this.words.textContent = words("noCamera");
      return;
    }
    this.video.srcObject = this.stream;
    await this.video.play();
    this.#look();
  }

  async #look() {
    while (this.stream) {
      const text = await this.read(this.video).catch(() => "");
      if (text && this.stream) {
        if (this.found(text)) return this.end();
        this.words.textContent = words("unknown");
      }
      await new Promise((done) => setTimeout(done, EVERY));
    }
    return undefined;
  }

  end() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    if (this.dialog.open) this.dialog.close();
  }
}

// Return what reads a code from a video: the browser's own reader where there is one.
const reader = async () => {
  const kinds = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  if (!kinds.includes("qr_code")) return looker();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
};

const SIDE = 640; // pixels of the square in the middle of the picture that is looked at

const looker = () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!side) return "";
    const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    pen.drawImage(video, left, top, side, side, 0, 0, SIDE, SIDE);
    return read(pen.getImageData(0, 0, SIDE, SIDE));
  };
};
