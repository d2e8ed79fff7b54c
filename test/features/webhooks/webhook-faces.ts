import supertest from 'supertest';
import { Deliverer } from '../../../src/features/webhooks/sending/deliverer.js';
import { DELIVERIES } from '../../../src/features/webhooks/webhook.topics.js';
import { Wakeups } from '../../../src/platform/database/wakeups.js';
import { TestClock } from '../../harness/test-clock.js';
import { TestProgram } from '../../harness/program.js';
import type { Receiver } from './receiver.js';

type Body = Record<string, unknown>;

const WITH_SECRET =
  '{ id createdAt updatedAt version url description eventTypes format template thin filter restHook status throttlePerSecond headerNames disabledReason keyId scopes secret }';
const DELIVERY = 'id createdAt updatedAt version webhookId eventId eventType state attemptCount nextAttemptAt';
const STATISTICS = `{ since deliveries pending delivered exhausted cancelled successRate attempts p50Ms p95Ms lastSuccessAt
  lastFailureAt lastFailureCode eventTypes { eventType deliveries delivered failed } }`;
const ATTEMPT = '{ id deliveryId number startedAt durationMs statusCode errorCode response }';

interface Answer {
  readonly data: Body;
  readonly code: string | null;
  readonly errors: readonly { pointer: string; code: string; detail: string }[];
}

/** A program that delivers, with a clock that stands still at the present: receivers refuse old signatures. */
export function startWorker(
  receivers: readonly Receiver[],
  settings: Parameters<typeof TestProgram.start>[0] = {},
): Promise<TestProgram> {
  const env = {
    ROLES: 'api,worker',
    WEBHOOK_ALLOWED_HOSTS: receivers.map(({ host }) => host).join(','),
    WEBHOOK_TIMEOUT_MS: '30000',
    ...settings.env,
  };
  return TestProgram.start({ clock: new TestClock(new Date().toISOString()), ...settings, env });
}

/** A further account of a program that delivers, for one test: of those before it nothing waits, and nothing is sent any more. */
export async function begin(shared: TestProgram, receiver: Receiver): Promise<TestProgram> {
  await settled(shared);
  await shared.pool.query('delete from webhooks');
  await settled(shared);
  receiver.forget();
  shared.clock.set(new Date().toISOString());
  return shared.asAnother();
}

/** What the harness cannot say for every resource: secrets shown once, and the delivery log. */
export class WebhookFace {
  constructor(
    readonly name: 'rest' | 'graphql',
    private readonly program: TestProgram,
    private readonly key = program.key,
  ) {}

  create(input: Body): Promise<Answer> {
    if (this.name === 'rest') return this.rest('post', '/v1/webhooks', input);
    const mutation = `mutation ($input: CreateWebhookInput!) { answer: createWebhook(input: $input) ${WITH_SECRET} }`;
    return this.graphql(mutation, { input });
  }

  rotate(id: string, input: Body = {}): Promise<Answer> {
    if (this.name === 'rest') return this.rest('post', `/v1/webhooks/${id}/secret`, input);
    const mutation = `mutation ($id: ID!, $input: RotateWebhookSecretInput!) {
      answer: rotateWebhookSecret(id: $id, input: $input) ${WITH_SECRET} }`;
    return this.graphql(mutation, { id, input });
  }

  preview(id: string, eventType?: string): Promise<Answer> {
    const query = eventType === undefined ? '' : `?eventType=${eventType}`;
    if (this.name === 'rest') return this.rest('get', `/v1/webhooks/${id}/preview${query}`);
    const text = `query ($id: ID!, $eventType: String) {
      answer: webhookPreview(id: $id, eventType: $eventType) { eventType contentType body } }`;
    return this.graphql(text, { id, eventType });
  }

  sample(id: string, eventType: string): Promise<Answer> {
    const input = { eventType };
    if (this.name === 'rest') return this.rest('post', `/v1/webhooks/${id}/sample`, input);
    const mutation = `mutation ($id: ID!, $input: SendWebhookSampleInput!) {
      answer: createWebhookSample(id: $id, input: $input) { delivery { ${DELIVERY} } } }`;
    return this.deliveryOf(this.graphql(mutation, { id, input }));
  }

  /** How many deliveries failed in the window. */
  failed(id: string, window: { since?: string; until?: string } = {}): Promise<Answer> {
    const query = new URLSearchParams(window).toString();
    if (this.name === 'rest') return this.rest('get', `/v1/webhooks/${id}/recovery?${query}`);
    const text = `query ($id: ID!, $since: Instant, $until: Instant) {
      answer: webhookRecovery(id: $id, since: $since, until: $until) { count failed missed hasMore } }`;
    return this.graphql(text, { id, ...window });
  }

  recover(id: string, input: Body): Promise<Answer> {
    if (this.name === 'rest') return this.rest('post', `/v1/webhooks/${id}/recovery`, input);
    const mutation = `mutation ($id: ID!, $input: RecoverWebhookInput!) {
      answer: recoverWebhook(id: $id, input: $input) { count failed missed hasMore } }`;
    return this.graphql(mutation, { id, input });
  }

  statistics(id: string, since?: string): Promise<Answer> {
    const query = since === undefined ? '' : `?since=${since}`;
    if (this.name === 'rest') return this.rest('get', `/v1/webhooks/${id}/statistics${query}`);
    const text = `query ($id: ID!, $since: Instant) { answer: webhookStatistics(id: $id, since: $since) ${STATISTICS} }`;
    return this.graphql(text, { id, since });
  }

  message(id: string): Promise<Answer> {
    if (this.name === 'rest') return this.rest('get', `/v1/deliveries/${id}/message`);
    return this.graphql(`query ($id: ID!) { answer: deliveryMessage(id: $id) { contentType body } }`, { id });
  }

  resend(id: string): Promise<Answer> {
    if (this.name === 'rest') return this.rest('post', `/v1/deliveries/${id}/redelivery`, {});
    const mutation = `mutation ($id: ID!) { answer: resendDelivery(id: $id) { delivery { ${DELIVERY} } } }`;
    return this.deliveryOf(this.graphql(mutation, { id }));
  }

  /** The deliveries of an endpoint, the oldest first, each with its attempts. */
  async deliveries(webhookId: string, eventType: string): Promise<(Body & { id: string; attempts: Body[] })[]> {
    if (this.name === 'rest') {
      const filter = `filter[webhookId][eq]=${webhookId}&filter[eventType][eq]=${eventType}`;
      const { data } = await this.rest('get', `/v1/deliveries?${filter}&sort=id&include=attempts`);
      return data.data as never;
    }
    const { data } = await this.graphql(
      `query ($filter: DeliveryFilter) { answer: deliveries(filter: $filter, sort: [{ field: id }]) {
        nodes { ${DELIVERY} attempts { nodes ${ATTEMPT} } } } }`,
      { filter: { webhookId: { eq: webhookId }, eventType: { eq: eventType } } },
    );
    const nodes = data.nodes as (Body & { id: string; attempts: { nodes: Body[] } })[];
    return nodes.map((node) => ({ ...node, attempts: node.attempts.nodes }));
  }

  private async deliveryOf(asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked;
    return { ...answer, data: (answer.data.delivery ?? {}) as Body };
  }

  async rest(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: Body): Promise<Answer> {
    const request = supertest(this.program.app.getHttpServer())
      [method](path)
      .set('authorization', `Bearer ${this.key}`);
    const answer = await (body ? request.send(body) : request);
    if (answer.status < 400) return { data: answer.body as Body, code: null, errors: [] };
    return { data: {}, code: answer.body.code as string, errors: answer.body.errors ?? [] };
  }

  async graphql(query: string, variables: Body): Promise<Answer> {
    const { body } = await supertest(this.program.app.getHttpServer())
      .post('/graphql')
      .set('authorization', `Bearer ${this.key}`)
      .send({ query, variables });
    const [error] = (body.errors ?? []) as { extensions: { code: string; errors?: Answer['errors'] } }[];
    if (error) return { data: {}, code: error.extensions.code, errors: error.extensions.errors ?? [] };
    return { data: (body.data.answer ?? {}) as Body, code: null, errors: [] };
  }
}

/** Everything that was claimed has been sent, and its results are written. */
export function settled(program: TestProgram): Promise<void> {
  return program.app.get(Deliverer).settled();
}

/** Time passes, and the worker looks again. */
export function pass(program: TestProgram, milliseconds: number): void {
  program.clock.advance(milliseconds);
  program.app.get(Wakeups).arrived(DELIVERIES);
}
