import { STREAMED } from './file-stream.js';

/** The media types of files that a route may take as its body, each with the one that routes declare: text/x-vcard is older (RFC 6350 §10.1). */
const FILE_TYPES: Readonly<Record<string, string>> = {
  'text/csv': 'text/csv',
  'text/vcard': 'text/vcard',
  'text/x-vcard': 'text/vcard',
  'message/rfc822': 'message/rfc822',
  [STREAMED]: STREAMED,
};

const MB = 1_048_576;
/** A mail is read whole beside its text in a thread, so that thirty of 20 MB would take more memory than one account may. */
const LARGEST: Readonly<Record<string, number>> = { 'message/rfc822': 8 * MB };

/** Every media type of a file that is read as a whole, with the largest one, in bytes. */
export const fileTypes: ReadonlyMap<string, number> = new Map(
  Object.keys(FILE_TYPES)
    .filter((type) => type !== STREAMED)
    .map((type) => [type, LARGEST[type] ?? 20 * MB]),
);

/** The media type that routes declare for this one; null when it is no file's. */
export function fileTypeOf(mediaType: string): string | null {
  return Object.hasOwn(FILE_TYPES, mediaType) ? (FILE_TYPES[mediaType] ?? null) : null;
}
