// Asks the server this page came from, and no other.

const GIVE_UP_MILLIS = 5000;

/** The JSON at a path; null if it may be missing and is. */
export async function ask(path, mayBeMissing = false) {
  const reply = await fetch(path, { signal: AbortSignal.timeout(GIVE_UP_MILLIS) });
  if (mayBeMissing && reply.status === 404) {
    return null;
  }
  if (!reply.ok) {
    throw new Error(`${path}: ${reply.status}`);
  }
  return reply.json();
}

/**
 * Histories by the key of their series, asked for again only when their revision has changed.
 * Only those that were asked for last are kept.
 */
export class Histories {
  #known = new Map();

  get(key) {
    return this.#known.get(key) ?? null;
  }

  clear() {
    this.#known.clear();
  }

  /** Brings the histories of these series up to date, then calls back for each that is new. */
  async refresh(series, changed) {
    const keys = new Set(series.map((each) => each.key));
    for (const key of this.#known.keys()) {
      if (!keys.has(key)) {
        this.#known.delete(key);
      }
    }
    const stale = series.filter((each) => this.get(each.key)?.revision !== each.revision);
    await Promise.all(
      stale.map(async (each) => {
        const history = await ask(`/api/series?key=${encodeURIComponent(each.key)}`, true);
        if (history) {
          this.#known.set(each.key, history);
          changed(each.key, history);
        }
      }),
    );
  }
}

/** Resolves while somebody can see the page. */
export function visible() {
  return new Promise((resolve) => {
    const check = () => {
      if (!document.hidden) {
        document.removeEventListener('visibilitychange', check);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', check);
    check();
  });
}
