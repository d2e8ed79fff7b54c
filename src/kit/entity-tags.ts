/** Versions that a header names; `any` stands for `*`: whatever exists. */
export type Versions = readonly number[] | 'any';

// RFC 9110 §8.8.3: an opaque tag in quotes, `W/` before it if it is weak. A comma may stand inside the quotes.
const TAG = /\s*(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"\s*(?:,|$)|\s*,/gy;
/** Our tags are the version and a hash of the representation. Other tags match nothing. */
const OWN = /^(\d{1,10})(?:\.[\w-]*)?$/;

/** The versions in `If-Match`: only strong tags can match (RFC 9110 §13.1.1). */
export function strongVersions(header: string): Versions {
  return versionsIn(header, false);
}

/** The versions in `If-None-Match`: weak tags match too (RFC 9110 §13.1.2). */
export function weakVersions(header: string): Versions {
  return versionsIn(header, true);
}

/** Whether `If-None-Match` names this tag, by weak comparison. */
export function namesTag(header: string, tag: string): boolean {
  return header.trim() === '*' || tagsIn(header).some(({ opaque }) => `"${opaque}"` === tag);
}

function versionsIn(header: string, weak: boolean): Versions {
  if (header.trim() === '*') return 'any';
  return tagsIn(header).flatMap((tag) => {
    const [, version] = OWN.exec(tag.opaque) ?? [];
    return version !== undefined && (weak || !tag.weak) ? [Number(version)] : [];
  });
}

/** The tags of a list; nothing after a place that is no tag. */
function tagsIn(header: string): { weak: boolean; opaque: string }[] {
  return [...header.matchAll(TAG)].flatMap(([, weak, opaque]) =>
    opaque === undefined ? [] : [{ weak: weak !== undefined, opaque }],
  );
}
