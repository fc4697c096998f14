// One picture on its way by tus, the protocol of resumable uploads, through the kept client tus-js-client.
import "../tus/tus.min.js";
import { draftAddress, token, Unanswered } from "./draft.js";

const { Upload } = globalThis.tus;
const KIB = 1024;
const SMALLEST = 256 * KIB;
const FIRST = 1024 * KIB;
const LARGEST = 4096 * KIB;
const DELAYS = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const GONE = [404, 410];
const MOST_MILLISECONDS = 5000;
const SPOKEN = { "Tus-Resumable": "1.0.0" };

export class Refusal extends Error {}
export class Cancelled extends Error {}

const statusOf = (error) => error.originalResponse?.getStatus() ?? 0;
const sentenceOf = (error) =>
  error.originalResponse?.getHeader("Content-Type")?.startsWith("text/plain") ? error.originalResponse.getBody() : "";

export class Sending {
  #upload;
  #giveUp = () => {};
  #cancelled = false;

  // `where` is the address of an upload that began earlier, `onProgress(sent, total)` is told how far it is.
  constructor(file, where, onProgress) {
    this.#upload = new Upload(file, {
      uploadUrl: where || null,
      metadata: { filename: file.name, modified: String(file.lastModified) },
      chunkSize: FIRST,
      retryDelays: DELAYS,
      storeFingerprintForResuming: false,
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token()),
      // Asked in vain how far an upload is, the client would begin another one: it must not know where to.
      onUploadUrlAvailable: () => (this.#upload.options.endpoint = null),
      onChunkComplete: () => this.#resize(2),
      onShouldRetry: (error) => {
        this.#resize(1 / 4);
        const status = statusOf(error);
        return navigator.onLine && (status === 0 || status === 409 || status >= 500);
      },
      onProgress,
    });
  }

  // A part that is cut off has to be sent again whole: they are small where the connection is poor.
  #resize(by) {
    const { options } = this.#upload;
    options.chunkSize = Math.min(LARGEST, Math.max(SMALLEST, options.chunkSize * by));
  }

  get #where() {
    return this.#upload.url ?? this.#upload.options.uploadUrl;
  }

  // Gives the picture's card. Throws Refusal with a sentence, Unanswered with the status (0: no connection), or
  // Cancelled.
  async send() {
    const begun = Boolean(this.#where);
    try {
      await this.#travel();
    } catch (error) {
      if (!begun || !GONE.includes(statusOf(error))) throw this.#explained(error);
      // Given up by the server meanwhile: it is begun anew.
      this.#upload.url = this.#upload.options.uploadUrl = null;
      await this.#travel().catch((again) => {
        throw this.#explained(again);
      });
    }
    return this.#card();
  }

  async #travel() {
    if (!this.#where) this.#upload.options.endpoint = `${location.origin}${await draftAddress()}/uploads`;
    if (this.#cancelled) throw new Cancelled();
    await new Promise((resolve, reject) => {
      this.#giveUp = reject;
      Object.assign(this.#upload.options, { onSuccess: resolve, onError: reject });
      this.#upload.start();
    });
  }

  #explained(error) {
    if (error instanceof Unanswered || error instanceof Cancelled) return error;
    const status = statusOf(error);
    const sentence = sentenceOf(error);
    return sentence && [413, 422, 429].includes(status) ? new Refusal(sentence) : new Unanswered(status);
  }

  async #card(signal) {
    const answer = await fetch(this.#where, { headers: SPOKEN, signal });
    const text = await answer.text();
    if (answer.status === 422) throw new Refusal(text);
    if (!answer.ok) throw new Unanswered(answer.status);
    return new DOMParser().parseFromString(text, "text/html").querySelector("li.picture");
  }

  // What has arrived of it is removed; where that cannot be said now, the server forgets it by itself. Gives the card of
  // a picture that had arrived whole before: that one stays until it is taken away.
  async cancel() {
    this.#cancelled = true;
    await this.#upload.abort().catch(() => {});
    const card = this.#where ? await this.#card(AbortSignal.timeout(MOST_MILLISECONDS)).catch(() => null) : null;
    if (!card && this.#where) await forget(this.#where).catch(() => {});
    this.#giveUp(new Cancelled());
    return card;
  }
}

export function forget(where) {
  return fetch(where, { method: "DELETE", headers: { ...SPOKEN, "X-CSRFToken": token() } });
}
