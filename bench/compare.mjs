import assert from 'node:assert/strict';

/** Throws, naming the servers, unless every server answered the same: the order of keys apart. */
export function sameAnswers(workload, answers) {
  const [[name, expected], ...others] = [...answers];
  for (const [other, samples] of others) {
    assert.deepEqual(sorted(samples), sorted(expected), `${workload.name}: ${other} and ${name} answer differently.`);
  }
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
