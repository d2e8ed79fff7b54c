import type { Type } from '@nestjs/common';

/** Rows that are about a row of a resource, declared by the feature that has them. */
export interface Belonging {
  /** What they are called where everything about the row is shown. */
  readonly name: string;
  readonly table: string;
  /** SQL: whether the row `t` is about one of the ids `$2` of the account `$1`. */
  readonly about: string;
  /**
   * What becomes of them when the row goes for good: the foreign key deletes them, they are deleted here, or something in them is changed, as
   * in the `set` of an update.
   */
  readonly then: 'deletedWithIt' | 'deleted' | { readonly set: string };
  /** SQL: of those that are about it, whether the row `t` is deleted or changed. All are, unless given. */
  readonly only?: string;
  /** What else knows their ids: events are about them; or texts mention them too, such as those of other rows' events. */
  readonly known?: 'byEvents' | 'byTexts';
}

/** Copies of rows that are kept elsewhere: in a log, an answer, a report. */
export interface Copies {
  readonly table: string;
  /**
   * An update of the account `$1` that leaves nothing in them that came from the rows with these ids: `$2` as UUIDs, `$3` as patterns of
   * `like` for the ids that texts mention.
   */
  readonly redact: string;
}

const belongings = new Map<Type, Belonging[]>();
const copies: Copies[] = [];

/** What others depend on comes first: rows go in the opposite order. */
export function belongs(of: Type, belonging: Belonging): void {
  belongings.set(of, [...(belongings.get(of) ?? []), belonging]);
}

export function belongingsOf(type: Type): readonly Belonging[] {
  return belongings.get(type) ?? [];
}

/** Copies of copies come after those. */
export function keepsCopies(of: Copies): void {
  copies.push(of);
}

export function allCopies(): readonly Copies[] {
  return copies;
}

/** What is left of an event whose row is gone for good. */
keepsCopies({
  table: 'events',
  redact: `update events e set data = json_build_object('id', e.subject_id, 'erased', true), previous = null
    where e.account_id = $1 and (e.subject_id = any($2::uuid[]) or e.data::text like any($3::text[]) or e.previous::text like any($3::text[]))`,
});

/** That a request was carried out is still known. What is packed cannot be searched. */
keepsCopies({
  table: 'kept_answers',
  redact: `update kept_answers k set answer = '{"done":true}'
    where k.account_id = $1 and $2::uuid[] is not null and (k.answer like any($3::text[]) or k.answer like '{"packed"%')`,
});

keepsCopies({
  table: 'failures',
  redact: `update failures f set cause = null
    where f.account_id = $1 and (f.subject_id = any($2::uuid[]) or f.cause like any($3::text[]))`,
});
