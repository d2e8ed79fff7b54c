import type { ObjectView, PageView, ViewRead } from './view.js';

const keys = new WeakMap<ObjectView, string>();

/** A key that identifies a view. The key of a reused view, such as that of a whole resource, is computed once. */
export function keyOfObject(view: ObjectView): string {
  const known = keys.get(view);
  if (known !== undefined) return known;
  const key = JSON.stringify(view);
  keys.set(view, key);
  return key;
}

/** The same for a page. Only the shapes of its cursors count, because the cursors themselves are values of each run. */
export function keyOfPage(
  { first, backward, filter, saved, sort, q, trash, list, parts, bare }: PageView,
  shapes: readonly (readonly boolean[] | null)[],
): string {
  const shown = parts.map((part) =>
    part.part === 'nodes' ? `${part.key}:${keyOfObject(part.view)}` : JSON.stringify(part),
  );
  return (
    JSON.stringify([
      first,
      backward ?? false,
      shapes,
      filter,
      saved ?? null,
      sort,
      q ?? null,
      trash ?? false,
      list ?? null,
      bare ?? false,
    ]) + shown.join()
  );
}

/** A key that identifies several reads, including their cursors. */
export function keyOfReads(reads: readonly ViewRead[]): string {
  return reads.map(keyOfRead).join(' ');
}

function keyOfRead(read: ViewRead): string {
  if (read.kind === 'page') return `page ${read.type.name} ${JSON.stringify(read.view)}`;
  if (read.kind === 'one') return `one ${read.type.name} ${keyOfObject(read.view)}`;
  const views = [...read.views].map(([type, view]) => `${type.name} ${keyOfObject(view)}`);
  return `${read.kind} ${views.join(' ')}`;
}
