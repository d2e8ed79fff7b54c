import { STREAMED } from './file-stream.js';

/** The media types of files that a route may take as its body, each with the one that routes declare: text/x-vcard is older (RFC 6350 §10.1). */
const FILE_TYPES: Readonly<Record<string, string>> = {
  'text/csv': 'text/csv',
  'text/vcard': 'text/vcard',
  'text/x-vcard': 'text/vcard',
  'message/rfc822': 'message/rfc822',
  [STREAMED]: STREAMED,
};

/** Every media type of a file that is read as a whole. */
export const fileTypes = Object.keys(FILE_TYPES).filter((type) => type !== STREAMED);

/** The media type that routes declare for this one; null when it is no file's. */
export function fileTypeOf(mediaType: string): string | null {
  return Object.hasOwn(FILE_TYPES, mediaType) ? (FILE_TYPES[mediaType] ?? null) : null;
}
