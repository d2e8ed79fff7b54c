import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { JsonText, writtenJson } from '../projection/json-text.js';
import type { ObjectView } from '../projection/view.js';

/** The largest answer that is kept as it is, and the largest that is kept at all, in bytes. */
const LARGEST_KEPT = 65_536;

/** A single resource that is read again, as the first request asked for it. */
export interface ReadAgain {
  readonly type: string;
  readonly id: string;
  readonly view: ObjectView;
  readonly created: boolean;
}

/** What is kept of an answer: one of these. Nothing at all stands for an answer without a body. */
export interface KeptAnswer {
  readonly json?: Pick<JsonText, 'text' | 'id' | 'version' | 'created' | 'isPage'>;
  readonly value?: unknown;
  /** For a single resource that is too large to be kept. */
  readonly again?: ReadAgain;
  /** For several resources that are too large: the answer without them, compressed, in base64. */
  readonly packed?: string;
  /** Whether only that the request was carried out is kept. */
  readonly done?: true;
}

/** An answer as it is kept: as it is, or as little of it as leads to it again. */
export function keptOf(answer: unknown): KeptAnswer {
  if (answer === undefined) return {};
  if (answer instanceof JsonText) return ofText(answer);
  const { text, left } = withoutResources(answer);
  if (text.length + left <= LARGEST_KEPT) return { value: answer };
  const packed = deflateRawSync(text).toString('base64');
  return packed.length <= LARGEST_KEPT ? { packed } : { done: true };
}

/** The answer of what was kept as it is, or packed. */
export function answerOf({ json, value, packed }: KeptAnswer): unknown {
  if (packed !== undefined) return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as unknown;
  return json ? new JsonText(json.text, json) : value;
}

function ofText({ text, id, version, created, isPage, origin }: JsonText): KeptAnswer {
  if (Buffer.byteLength(text) <= LARGEST_KEPT) return { json: { text, id, version, created, isPage } };
  return origin && id !== null ? { again: { type: origin.type.name, id, view: origin.view, created } } : { done: true };
}

/** An answer with null for each resource in it, and how long these are together. */
function withoutResources(answer: unknown): { readonly text: string; readonly left: number } {
  let left = 0;
  const text = writtenJson(answer, (json) => {
    left += Buffer.byteLength(json.text);
    return 'null';
  });
  return { text, left };
}
