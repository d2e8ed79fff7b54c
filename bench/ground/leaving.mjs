/** What must be undone on the way out, last first, however the run ends. */
const undoings = [];
let left = null;

export function onLeaving(undo) {
  undoings.push(undo);
}

/** Undoes everything once; later calls wait for the first. */
export function leave() {
  left ??= undoAll();
  return left;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void leave().then(() => process.exit(130)));
}

async function undoAll() {
  for (const undo of undoings.reverse()) {
    await Promise.resolve()
      .then(undo)
      .catch((error) => console.error(`Left behind: ${error.message}`));
  }
}
