import { Lanes } from '../../../../src/features/webhooks/sending/lanes.js';
import { chance } from '../../../processes/chance.js';

interface Parcel {
  readonly claimed: { readonly webhookId: string; readonly accountId: string };
  readonly name: string;
}

const QUICK = 5;
const SLOW = 5_000;

/** Each endpoint is of an account of its own, unless it is told. */
function parcels(webhookId: string, count: number, accountId = webhookId): Parcel[] {
  const claimed = { webhookId, accountId };
  return Array.from({ length: count }, (_, index) => ({ claimed, name: `${webhookId}${index}` }));
}

/** Claims as PostgreSQL would from what waits: up to each endpoint's room, and up to the total. */
function claim(lanes: Lanes<Parcel>, waiting: Parcel[]): number {
  const appetite = lanes.appetite();
  if (!appetite) return 0;
  const taken = new Map<string, number>();
  const batch = waiting.filter(({ claimed: { webhookId } }) => {
    const count = taken.get(webhookId) ?? 0;
    if (count >= (appetite.rooms.get(webhookId) ?? appetite.each)) return false;
    taken.set(webhookId, count + 1);
    return true;
  });
  const claimed = batch.slice(0, appetite.total);
  for (const one of claimed) waiting.splice(waiting.indexOf(one), 1);
  lanes.take(claimed, appetite);
  return claimed.length;
}

/** New deliveries, as the fan-out makes them: so many events for each endpoint; answers how many are held. */
function make(lanes: Lanes<Parcel>, waiting: Parcel[], ids: readonly string[], events: number): number {
  const { most: _most, ...appetite } = lanes.appetiteForNew();
  const held: Parcel[] = [];
  for (const id of ids) {
    for (const [place, parcel] of parcels(id, events).entries()) {
      const fits = place < (appetite.rooms.get(id) ?? appetite.each) && held.length < appetite.total;
      (fits ? held : waiting).push(parcel);
    }
  }
  lanes.takeNew(held, appetite, { events, left: held.length < ids.length * events });
  return held.length;
}

function sendAll(lanes: Lanes<Parcel>, durationMs: number): void {
  for (let all = started(lanes); all.length > 0; all = started(lanes)) {
    for (const one of all) lanes.finished(one, durationMs);
  }
}

function started(lanes: Lanes<Parcel>): Parcel[] {
  const all: Parcel[] = [];
  for (let next = lanes.next(); next; next = lanes.next()) all.push(next);
  return all;
}

/** An endpoint that has shown itself quick. */
function proven(lanes: Lanes<Parcel>, webhookId: string): void {
  claim(lanes, parcels(webhookId, 1));
  for (const one of started(lanes)) lanes.finished(one, QUICK);
}

describe('Lanes', () => {
  it('sends one probe to an endpoint that nothing is known of, and then as much as is allowed', () => {
    const lanes = new Lanes<Parcel>(64, 4);
    claim(lanes, parcels('a', 10));
    const [probe, ...more] = started(lanes);
    expect([probe?.name, more]).toEqual(['a0', []]);
    lanes.finished(probe as Parcel, QUICK);
    expect(started(lanes).map(({ name }) => name)).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('leaves room for others, however many slow and unknown endpoints an account has', () => {
    const lanes = new Lanes<Parcel>(64, 4);
    const hanging = Array.from({ length: 100 }, (_, n) => parcels(`h${n}`, 1, 'attacker')).flat();
    lanes.take(hanging, { ...(lanes.appetite() as NonNullable<ReturnType<typeof lanes.appetite>>) });
    const probes = started(lanes);
    expect(probes).toHaveLength(32);
    claim(lanes, parcels('other', 1));
    expect(started(lanes).map(({ name }) => name)).toEqual(['other0']);
    for (const probe of probes) lanes.finished(probe, SLOW);
    const rest = started(lanes);
    claim(lanes, [...hanging.map((one) => ({ ...one, name: 'more' })), ...parcels('late', 1)]);
    expect(rest.concat(started(lanes)).filter(({ claimed }) => claimed.accountId === 'attacker')).toHaveLength(32);
  });

  it('tells what an account may still hold', () => {
    const lanes = new Lanes<Parcel>(4, 4);
    const { accounts } = lanes.appetite() ?? { accounts: null };
    expect(accounts?.each).toBe(48);
    claim(lanes, parcels('a', 30, 'one'));
    claim(lanes, parcels('b', 10, 'one'));
    expect([...(accounts?.rooms() ?? [])]).toEqual([['one', 8]]);
    sendAll(lanes, QUICK);
    expect([...(accounts?.rooms() ?? [])]).toEqual([]);
  });

  it('lets endpoints take turns', () => {
    const lanes = new Lanes<Parcel>(64, 2);
    for (const id of ['a', 'b', 'c']) proven(lanes, id);
    claim(lanes, [...parcels('a', 5), ...parcels('b', 5), ...parcels('c', 1)]);
    expect(started(lanes).map(({ name }) => name)).toEqual(['a0', 'b0', 'c0', 'a1', 'b1']);
  });

  it('has no more at once than is allowed in all', () => {
    const lanes = new Lanes<Parcel>(3, 2);
    for (const id of ['a', 'b']) proven(lanes, id);
    claim(lanes, [...parcels('a', 5), ...parcels('b', 5)]);
    const first = started(lanes);
    expect(first).toHaveLength(3);
    lanes.finished(first[0] as Parcel, QUICK);
    expect(started(lanes)).toHaveLength(1);
  });

  it('keeps half of the requests free of slow endpoints', () => {
    const lanes = new Lanes<Parcel>(8, 8);
    const ids = ['a', 'b', 'c'];
    claim(
      lanes,
      ids.flatMap((id) => parcels(id, 20)),
    );
    for (const probe of started(lanes)) lanes.finished(probe, SLOW);
    expect(started(lanes)).toHaveLength(4);
    proven(lanes, 'quick');
    claim(lanes, parcels('quick', 20));
    expect(started(lanes).map(({ claimed }) => claimed.webhookId)).toEqual(['quick', 'quick', 'quick', 'quick']);
  });

  it('gives back what a slow endpoint holds beyond its turn', () => {
    const lanes = new Lanes<Parcel>(64, 4);
    const waiting = parcels('a', 100);
    const count = claim(lanes, waiting);
    const [probe] = started(lanes);
    const surplus = lanes.finished(probe as Parcel, SLOW);
    expect(count - 1 - surplus.length).toBe(4);
    expect(lanes.appetite()?.rooms.get('a')).toBe(4);
  });

  it('holds no more than the window, and is hungry again at half of it', () => {
    const lanes = new Lanes<Parcel>(2, 2);
    const waiting = Array.from({ length: 40 }, (_, index) => parcels(`e${index}`, 10)).flat();
    expect(claim(lanes, waiting)).toBe(32);
    expect(lanes.appetite()).toBeNull();
    expect(lanes.isHungry()).toBe(false);
    let [next] = started(lanes);
    for (let done = 0; done < 16 && next; done += 1) {
      expect(lanes.isHungry()).toBe(false);
      lanes.finished(next, QUICK);
      [next] = started(lanes);
    }
    expect(lanes.isHungry()).toBe(true);
  });

  it('asks until nothing is left, whatever the order in which claims and answers come', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = chance(seed);
      const lanes = new Lanes<Parcel>(1 + Math.floor(random() * 8), 1 + Math.floor(random() * 4));
      const waiting = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index) =>
        parcels(`e${index}`, Math.floor(random() * 120)),
      ).flat();
      const total = waiting.length;
      const underWay: Parcel[] = [];
      let sent = 0;
      claim(lanes, waiting);
      for (let turn = 0; turn < 10_000 && sent < total; turn += 1) {
        underWay.push(...started(lanes));
        const [one] = underWay.splice(Math.floor(random() * underWay.length), 1);
        if (!one) break;
        waiting.unshift(...lanes.finished(one, random() < 0.1 ? SLOW : QUICK));
        sent += 1;
        if (lanes.isHungry()) claim(lanes, waiting);
      }
      expect({ seed, sent }).toEqual({ seed, sent: total });
      expect(lanes.isEmpty).toBe(true);
    }
  });

  it('holds of new deliveries what there is room for, and none where older ones wait', () => {
    const lanes = new Lanes<Parcel>(64, 4);
    const waiting: Parcel[] = [];
    expect(lanes.appetiteForNew()).toMatchObject({ total: 1_024, each: 32, most: 64 });
    expect(make(lanes, waiting, ['a', 'b'], 40)).toBe(64);
    expect(waiting).toHaveLength(16);
    expect(lanes.appetiteForNew().rooms).toEqual(new Map(['a', 'b'].map((id) => [id, 0])));
    for (const one of started(lanes)) lanes.finished(one, QUICK);
    expect(make(lanes, waiting, ['a', 'b'], 1)).toBe(0);
    expect(waiting).toHaveLength(18);
  });

  it('lets a fast endpoint set the pace of what is made, and no slow one', () => {
    const lanes = new Lanes<Parcel>(64, 4);
    make(lanes, [], ['fast'], 32);
    expect(lanes.hasRoomForNew()).toBe(false);
    sendAll(lanes, QUICK);
    expect(lanes.hasRoomForNew()).toBe(true);
    make(lanes, [], ['slow'], 32);
    const [probe] = started(lanes);
    lanes.finished(probe as Parcel, SLOW);
    expect(lanes.hasRoomForNew()).toBe(true);
    expect(lanes.appetiteForNew().most).toBeGreaterThan(64);
  });

  it('makes no more for a fast endpoint than its account may hold, and waits until that is half', () => {
    const lanes = new Lanes<Parcel>(16, 16);
    make(lanes, [], ['fast'], 128);
    for (let sent = 0; sent < 100; sent += 1) lanes.finished(lanes.next() as Parcel, QUICK);
    make(lanes, [], ['fast'], 100);
    expect(lanes.appetiteForNew()).toMatchObject({ rooms: new Map([['fast', 128]]), most: 64 });
    for (let sent = 0; sent < 31; sent += 1) lanes.finished(lanes.next() as Parcel, QUICK);
    expect(lanes.hasRoomForNew()).toBe(false);
    lanes.finished(lanes.next() as Parcel, QUICK);
    expect(lanes.hasRoomForNew()).toBe(true);
  });

  it('sends everything, whatever is made at once and whatever was left', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = chance(seed);
      const lanes = new Lanes<Parcel>(1 + Math.floor(random() * 8), 1 + Math.floor(random() * 4));
      const ids = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index) => `e${index}`);
      const waiting: Parcel[] = [];
      const underWay: Parcel[] = [];
      let [events, made, sent] = [Math.floor(random() * 300), 0, 0];
      for (let turn = 0; turn < 20_000 && (events > 0 || sent < made); turn += 1) {
        if (events > 0 && (lanes.hasRoomForNew() || random() < 0.05)) {
          const count = Math.min(events, lanes.appetiteForNew().most);
          const asked = ids.filter(() => random() < 0.7);
          make(lanes, waiting, asked, count);
          made += asked.length * count;
          events -= count;
          if (waiting.length > 0) claim(lanes, waiting);
        }
        underWay.push(...started(lanes));
        const [one] = underWay.splice(Math.floor(random() * underWay.length), 1);
        if (!one) continue;
        waiting.unshift(...lanes.finished(one, random() < 0.1 ? SLOW : QUICK));
        sent += 1;
        if (lanes.isHungry()) claim(lanes, waiting);
      }
      expect({ seed, sent, events }).toEqual({ seed, sent: made, events: 0 });
      expect(lanes.isEmpty).toBe(true);
    }
  });
});
