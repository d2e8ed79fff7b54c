import { CsvTextError, fieldsOfLine, recordsOf } from '../../src/kit/csv-text.js';

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}
const all = async (texts: string[], delimiter = ',') => {
  const found = [];
  for await (const records of recordsOf(pieces(...texts), { delimiter, linesAbove: 3 })) found.push(...records);
  return found.map(({ line, fields }) => [line, ...fields]);
};

describe('recordsOf', () => {
  it('tells the line that each record begins on, however the text arrives', async () => {
    const text = 'Ada,"a, b"\n\n"Grace ""G""","two\nlines"\nCher\nO"Neil,x\n';
    const expected = [
      [4, 'Ada', 'a, b'],
      [6, 'Grace "G"', 'two\nlines'],
      [8, 'Cher'],
      [9, 'O"Neil', 'x'],
    ];
    expect(await all([text])).toEqual(expected);
    expect(await all([...text])).toEqual(expected);
  });

  it.each([';', '\t'])('takes %j as the delimiter', async (delimiter) => {
    expect(await all([`a${delimiter}"b${delimiter}c"\n`], delimiter)).toEqual([[4, 'a', `b${delimiter}c`]]);
  });

  it('refuses a quotation mark that never ends, and a row without an end', async () => {
    await expect(all(['"Ada,b\nc\n'])).rejects.toThrow(CsvTextError);
    await expect(all(Array.from({ length: 20 }, () => ','.repeat(10_000)))).rejects.toThrow(/longer than 65536/);
  });
});

it('reads one line, and nothing from one that is not whole', () => {
  expect(fieldsOfLine('"Vor;name";  Nachname ', ';')).toEqual(['Vor;name', 'Nachname']);
  expect(fieldsOfLine('"When exporting', ',')).toEqual([]);
});
