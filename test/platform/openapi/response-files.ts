/** A file for each operation that takes one; the rest take the table below. */
export const FILES: Readonly<Record<string, string>> = {
  importVcards: 'BEGIN:VCARD\nVERSION:4.0\nFN:Ada Lovelace\nEND:VCARD\n',
  importLinkedInMessages:
    'CONVERSATION ID,FROM,SENDER PROFILE URL,DATE\nc1,Ada,https://www.linkedin.com/in/ada,2024-03-02 09:10:11 UTC\n',
  importGoogle: 'First Name,Last Name,Labels\nAda,Lovelace,Berlin\n',
};
export const CSV = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Alan,Kay,https://www.linkedin.com/in/alan-kay,,Viewpoints,Fellow,17 May 2025
`;
