import { isId, leastIdOf, newId } from '../../src/kit/ids.js';

describe('ids', () => {
  it('makes ids of version 7 that sort in the order they were made', () => {
    const ids = Array.from({ length: 5000 }, () => newId());
    expect(new Set(ids).size).toBe(5000);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true);
  });

  it.each([
    '0192d3c4-5b6a-7c8d-9e0f-a1b2c3d4e5f6',
    '0192D3C4-5B6A-7C8D-9E0F-A1B2C3D4E5F6',
    'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  ])('knows %s', (text) => expect(isId(text)).toBe(true));

  it.each([
    '',
    'me',
    '0192d3c45b6a7c8d9e0fa1b2c3d4e5f6',
    '{0192d3c4-5b6a-7c8d-9e0f-a1b2c3d4e5f6}',
    '0192d3c4-5b6a-7c8d-9e0f-a1b2c3d4e5f6\n',
    '0192d3c4-5b6a-7c8d-9e0f-a1b2c3d4e5fg',
    '0192d3c4-5b6a-7c8d-1e0f-a1b2c3d4e5f6',
  ])('refuses %j', (text) => expect(isId(text)).toBe(false));
});

describe('the least id of a moment', () => {
  it('lies below every id that is made from then on, and above those that were made before', () => {
    const before = newId();
    const madeAt = parseInt(before.slice(0, 8) + before.slice(9, 13), 16);
    expect(leastIdOf(new Date(madeAt)) < before).toBe(true);
    expect(leastIdOf(new Date(madeAt + 1)) > before).toBe(true);
    expect(isId(leastIdOf(new Date(madeAt)))).toBe(true);
  });

  it.each([
    [0, '00000000-0000-7000-8000-000000000000'],
    [-1, '00000000-0000-7000-8000-000000000000'],
    [Date.UTC(9999, 11, 31), 'e677ccf9-8000-7000-8000-000000000000'],
  ])('of %d is %s', (moment, id) => expect(leastIdOf(new Date(moment))).toBe(id));
});
