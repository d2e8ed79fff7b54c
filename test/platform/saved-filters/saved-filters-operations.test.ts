import { TextLane } from '../../../src/platform/graphql/lane/text-lane.js';
import { faceOf, idOfNew } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';

describe('an operation of GraphQL', () => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf('graphql', program);
    for (const [called, tag] of [
      ['Ada', 'berlin'],
      ['Cyd', 'paris'],
    ]) {
      const contactId = await idOfNew(face, 'Contact', { name: called, tags: [tag] });
      for (const summary of ['Coffee', 'Call'])
        await idOfNew(face, 'Interaction', { contactIds: [contactId], channel: 'call', summary });
    }
  });

  afterAll(() => program.stop());

  it('finds all that it names in one statement, nested ones too, and is answered by the text lane', async () => {
    const berlin = await idOfNew(face, 'SavedFilter', {
      name: 'a',
      list: 'contacts',
      filter: { tags: { has: 'berlin' } },
    });
    const coffee = await idOfNew(face, 'SavedFilter', { name: 'b', list: 'interactions', filter: {}, q: 'coffee' });
    const query = `query ($berlin: ID, $none: ID) {
      contacts(savedFilter: $berlin) { nodes { name interactions(savedFilter: "${coffee}") { nodes { summary } } } }
      all: contacts(savedFilter: $none, sort: [{ field: name }]) { nodes { name } } }`;
    const lane = program.app.get(TextLane);
    const before = lane.answered;
    const { result, statements } = await countStatements(() => program.graphql(query, { berlin, none: null }));
    expect(result.body).toEqual({
      data: {
        contacts: { nodes: [{ name: 'Ada', interactions: { nodes: [{ summary: 'Coffee' }] } }] },
        all: { nodes: [{ name: 'Ada' }, { name: 'Cyd' }] },
      },
    });
    expect([statements.length, lane.answered - before]).toEqual([2, 1]);
    await face.update('SavedFilter', berlin, { filter: { tags: { has: 'paris' } } });
    const { body } = await program.graphql(query, { berlin, none: null });
    expect(body.data.contacts.nodes.map(({ name }: { name: string }) => name)).toEqual(['Cyd']);
  });

  it('changes something and shows a list of it by a saved filter', async () => {
    const call = await idOfNew(face, 'SavedFilter', { name: 'c', list: 'interactions', filter: {}, q: 'call' });
    const { rows } = await face.page('Contact', { filter: { name: { eq: 'Ada' } } });
    const { body } = await program.graphql(
      `mutation ($id: ID!, $call: ID) { updateContact(id: $id, input: { notes: "x" }) { contact {
        interactions(savedFilter: $call) { nodes { summary } } } } }`,
      { id: rows[0]?.id, call },
    );
    expect(body.data.updateContact.contact.interactions.nodes).toEqual([{ summary: 'Call' }]);
  });

  it('finds them once for the ordinary lane too', async () => {
    const paris = await idOfNew(face, 'SavedFilter', {
      name: 'd',
      list: 'contacts',
      filter: { tags: { has: 'paris' } },
    });
    const lane = program.app.get(TextLane);
    const before = lane.answered;
    const query = `query ($paris: ID) {
      exportContacts(savedFilter: $paris) { text } contacts(savedFilter: "${paris.toUpperCase()}") { nodes { name } } }`;
    const { result, statements } = await countStatements(() => program.graphql(query, { paris }));
    const { exportContacts, contacts } = result.body.data;
    expect(JSON.parse(exportContacts.text)).toMatchObject([{ name: 'Cyd' }]);
    expect(contacts).toEqual({ nodes: [{ name: 'Cyd' }] });
    expect([statements.length, lane.answered - before]).toEqual([3, 0]);
  });

  it('refuses one of another list, wherever it stands', async () => {
    const tags = await idOfNew(face, 'SavedFilter', { name: 'e', list: 'tags', filter: {} });
    const query = `{ tags(savedFilter: "${tags}", sort: [{ field: name }]) { nodes { name } } account { name } }`;
    expect((await program.graphql(query)).body.data.tags.nodes).toEqual([{ name: 'berlin' }, { name: 'paris' }]);
    const { body } = await program.graphql(
      `{ contacts { nodes { interactions(savedFilter: "${tags}") { totalCount } } } }`,
    );
    expect(body.errors[0]).toMatchObject({ path: ['contacts'], extensions: { code: 'unprocessable' } });
  });
});
