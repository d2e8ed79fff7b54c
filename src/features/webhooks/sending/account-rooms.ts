/** Of what the process may hold and send at once, what one account may have at most. */
const HELD = 0.75;
const UNDER_WAY = 0.5;
const SLOW = 0.25;

type Counts = Map<string, number>;

/** How much each account holds, so that none takes the room of all: not with many endpoints, and not with slow ones. */
export class AccountRooms {
  private readonly held: Counts = new Map();
  private readonly underWay: Counts = new Map();
  private readonly slow: Counts = new Map();

  /**
   * @param window how many deliveries the process holds at most
   * @param total how many it sends at once
   */
  constructor(
    private readonly window: number,
    private readonly total: number,
  ) {}

  /** How many an account may hold that holds none. */
  get each(): number {
    return Math.ceil(this.window * HELD);
  }

  /** How many more each account may hold, of those that hold some. */
  rooms(): Map<string, number> {
    return new Map([...this.held.keys()].map((account) => [account, this.roomOf(account)]));
  }

  /** How many more an account may hold. */
  roomOf(account: string): number {
    return Math.max(0, this.each - (this.held.get(account) ?? 0));
  }

  /** Whether an account holds all that it may, so that a claim left what it has more. */
  isFull(account: string): boolean {
    return this.roomOf(account) === 0;
  }

  /** Whether an account may hold as many again as it holds, at least: before, its batches would be many and small. */
  isHalfEmpty(account: string): boolean {
    return this.roomOf(account) * 2 >= this.each;
  }

  hold(account: string, more: number): void {
    add(this.held, account, more);
  }

  start(account: string, more: 1 | -1): void {
    add(this.underWay, account, more);
  }

  slowDown(account: string, more: number): void {
    add(this.slow, account, more);
  }

  /** Whether an account may send to one more endpoint that is not known to be quick, or is known to be slow. */
  mayTry(account: string, isSlow: boolean): boolean {
    if ((this.underWay.get(account) ?? 0) >= Math.max(1, this.total * UNDER_WAY)) return false;
    return !isSlow || (this.slow.get(account) ?? 0) < Math.max(1, this.total * SLOW);
  }
}

function add(counts: Counts, account: string, more: number): void {
  const count = (counts.get(account) ?? 0) + more;
  if (count > 0) counts.set(account, count);
  else counts.delete(account);
}
