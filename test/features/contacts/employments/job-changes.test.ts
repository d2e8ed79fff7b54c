import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing, connections } from '../imports/importing.js';

const ADA = 'Ada,Lovelace,https://www.linkedin.com/in/ada,ada@example.org,Analytical Engines,Programmer,10 Dec 2025';
const MOVED = ADA.replace('Analytical Engines,Programmer', 'Difference Ltd,Lead');

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('another job, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const idOf = (type: string, input: Record<string, unknown>) => idOfNew(face, type, input);
  const jobsOf = async (contactId: string) => {
    const { rows } = await face.page('Employment', { filter: { contactId: { eq: contactId } }, sort: 'id' });
    return rows.map(({ company, title, startedOn, endedOn }) => [company, title, startedOn, endedOn]);
  };

  describe('by an edit', () => {
    it('is told, ends the old job and begins the new one today', async () => {
      const ada = await idOf('Contact', { name: 'Ada', company: 'Acme GmbH', title: 'Engineer' });
      program.clock.set('2026-03-09T23:30:00.000Z');
      await program.ask('patch', '/v1/account', { body: { timeZone: 'Europe/Berlin' } });
      await program.events();
      const { data } = await face.update('Contact', ada, { company: 'Globex', title: 'Lead' });
      expect(data).toMatchObject({ company: 'Globex', title: 'Lead', version: 2 });
      expect(await program.events()).toEqual([...['contact.job_changed', 'employment.created', 'employment.created']]);
      expect(await jobsOf(ada)).toEqual([
        ['Acme GmbH', 'Engineer', null, '2026-03-10'],
        ['Globex', 'Lead', '2026-03-10', null],
      ]);
      await face.update('Contact', ada, { company: 'Initech' });
      expect(await program.events()).toEqual(['contact.job_changed', 'employment.updated', 'employment.created']);
      expect(await jobsOf(ada)).toEqual([
        ['Acme GmbH', 'Engineer', null, '2026-03-10'],
        ['Globex', 'Lead', '2026-03-10', '2026-03-10'],
        ['Initech', 'Lead', '2026-03-10', null],
      ]);
      await program.ask('patch', '/v1/account', { body: { timeZone: 'UTC' } });
    });

    it('says before and now in the event', async () => {
      const ada = await idOf('Contact', { name: 'Ada', company: 'Acme', title: 'Engineer' });
      await face.update('Contact', ada, { company: 'Globex' });
      const { rows } = await program.pool.query(
        `select data ->> 'company' as now, previous from events where type = 'contact.job_changed' and subject_id = $1`,
        [ada],
      );
      expect(rows).toEqual([{ now: 'Globex', previous: { company: 'Acme' } }]);
    });

    it('is not another spelling, a first company, no company, or another title', async () => {
      const ada = await idOf('Contact', { name: 'Ada', title: 'Engineer' });
      await program.events();
      for (const change of [
        { company: 'Acme' },
        { company: 'ACME GmbH' },
        { title: 'Lead' },
        { company: null },
        { company: 'Globex' },
      ])
        await face.update('Contact', ada, change);
      expect(await program.events()).toEqual(Array.from({ length: 5 }, () => 'contact.updated'));
      expect(await jobsOf(ada)).toEqual([]);
    });

    it('leaves what was entered: an end that is known, a new job that is there, a job elsewhere, one that is ahead', async () => {
      const ada = await idOf('Contact', { name: 'Ada', company: 'Acme' });
      const jobs = [
        { company: 'Acme', endedOn: '2026-01-31' },
        { company: 'Globex Inc.', startedOn: '2026-02-01', title: 'Lead' },
        { company: 'Evenings AG' },
      ];
      for (const job of jobs) await idOf('Employment', { contactId: ada, ...job });
      await program.events();
      await face.update('Contact', ada, { company: 'Globex' });
      expect(await program.events()).toEqual(['contact.job_changed']);
      expect(await jobsOf(ada)).toEqual([
        ['Acme', null, null, '2026-01-31'],
        ['Globex Inc.', 'Lead', '2026-02-01', null],
        ['Evenings AG', null, null, null],
      ]);
      await idOf('Employment', { contactId: ada, company: 'Globex', startedOn: '2026-06-01' });
      // A job that ends today is no longer there.
      await idOf('Employment', { contactId: ada, company: 'Acme', endedOn: '2026-03-02' });
      await program.events();
      await face.update('Contact', ada, { company: 'Acme' });
      expect(await program.events()).toEqual(['contact.job_changed', 'employment.updated', 'employment.created']);
      expect(await jobsOf(ada)).toEqual([
        ['Acme', null, null, '2026-01-31'],
        ['Globex Inc.', 'Lead', '2026-02-01', '2026-03-02'],
        ['Evenings AG', null, null, null],
        ['Globex', null, '2026-06-01', null],
        ['Acme', null, null, '2026-03-02'],
        ['Acme', null, '2026-03-02', null],
      ]);
    });
  });

  describe('by an import', () => {
    const send = async (...rows: string[]) => {
      const { it } = await new Importing(name, program).send(connections(...rows));
      return it;
    };
    const contact = async () => (await face.page('Contact')).rows[0] ?? {};

    it('is told once, with its history; the same file again tells nothing', async () => {
      await send(ADA);
      program.clock.set('2026-06-01T10:00:00.000Z');
      await program.events();
      expect(await send(MOVED)).toMatchObject({ updated: 1 });
      expect(await program.events()).toEqual([
        ...['contact.job_changed', 'employment.created', 'employment.created', 'import.finished'],
      ]);
      const { id } = await contact();
      const history = [
        ['Analytical Engines', 'Programmer', null, '2026-06-01'],
        ['Difference Ltd', 'Lead', '2026-06-01', null],
      ];
      expect(await jobsOf(String(id))).toEqual(history);
      program.clock.set('2026-09-01T10:00:00.000Z');
      for (let time = 0; time < 3; time += 1) {
        expect(await send(MOVED)).toMatchObject({ updated: 0, unchanged: 1 });
        expect(await program.events()).toEqual(['import.finished']);
      }
      expect(await jobsOf(String(id))).toEqual(history);
    });

    it('is another role at the same company too', async () => {
      await send(ADA);
      const { id } = await contact();
      await program.events();
      await send(ADA.replace('Programmer', 'Countess'));
      await send(ADA.replace('Analytical Engines,Programmer', '"Analytical Engines, Inc.",Countess'));
      expect(await program.events()).toEqual([
        ...['contact.job_changed', 'employment.created', 'employment.created', 'import.finished'],
        ...['contact.updated', 'import.finished'],
      ]);
      expect(await jobsOf(String(id))).toEqual([
        ['Analytical Engines', 'Programmer', null, '2026-03-02'],
        ['Analytical Engines', 'Countess', '2026-03-02', null],
      ]);
    });

    it('is none when the company was edited here, which stays', async () => {
      await send(ADA);
      const { id } = await contact();
      await face.update('Contact', String(id), { company: 'Engines & Sons' });
      await program.events();
      await send(MOVED);
      expect(await contact()).toMatchObject({ company: 'Engines & Sons', title: 'Lead' });
      expect(await program.events()).toEqual(['contact.updated', 'import.finished']);
      expect((await jobsOf(String(id))).map(([company]) => company)).toEqual(['Analytical Engines', 'Engines & Sons']);
    });
  });
});
