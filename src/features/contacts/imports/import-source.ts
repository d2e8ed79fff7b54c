/** What a file can be exported from. */
export const IMPORT_SOURCES = ['linkedin', 'google', 'outlook', 'csv', 'vcard', 'linkedin_messages'] as const;
export type ImportSource = (typeof IMPORT_SOURCES)[number];
