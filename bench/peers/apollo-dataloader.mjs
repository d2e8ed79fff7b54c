/** What everyone builds: Apollo in Nest on Express, resolvers over repositories, a DataLoader for each relation. Row 5; no keys. */
import 'reflect-metadata';
import { ApolloDriver } from '@nestjs/apollo';
import { Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Args,
  Context,
  Field,
  GraphQLModule,
  ID,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { TypeOrmModule, getRepositoryToken } from '@nestjs/typeorm';
import DataLoader from 'dataloader';
import { DataSource, In, IsNull, LessThan, Repository } from 'typeorm';
import { decorateClass, decorateMethod, decorateProperties } from './decorated.mjs';
import { Contact, InteractionContact, Reminder, connection } from './entities.mjs';
import { Interaction } from './entities.mjs';

class PageInfo {}
class ContactConnection {}
class InteractionConnection {}
class ReminderConnection {}

const id = Field(() => ID);
const text = Field(() => String, { nullable: true });
const instant = Field(() => Date);

decorateProperties(Contact, { id, name: text, company: text, tags: Field(() => [String]) });
decorateProperties(Interaction, { id, occurredAt: instant, channel: text, summary: text });
decorateProperties(Reminder, { id, title: text, dueAt: instant });
decorateProperties(PageInfo, { endCursor: text, hasNextPage: Field(() => Boolean) });
decorateProperties(ContactConnection, { nodes: Field(() => [Contact]), pageInfo: Field(() => PageInfo) });
decorateProperties(InteractionConnection, { nodes: Field(() => [Interaction]) });
decorateProperties(ReminderConnection, { nodes: Field(() => [Reminder]) });
for (const type of [
  Contact,
  Interaction,
  Reminder,
  PageInfo,
  ContactConnection,
  InteractionConnection,
  ReminderConnection,
]) {
  ObjectType()(type);
}

class ContactResolver {
  constructor(contacts) {
    this.contacts = contacts;
  }

  async page(first, after) {
    const where = { accountId: account, deletedAt: IsNull(), ...(after ? { id: LessThan(after) } : {}) };
    const found = await this.contacts.find({ where, order: { id: 'DESC' }, take: first + 1 });
    const nodes = found.slice(0, first);
    return { nodes, pageInfo: { endCursor: nodes.at(-1)?.id ?? null, hasNextPage: found.length > first } };
  }

  async interactions(contact, first, { loaders }) {
    return { nodes: (await loaders.interactions.load(contact.id)).slice(0, first) };
  }

  async reminders(contact, first, { loaders }) {
    return { nodes: (await loaders.reminders.load(contact.id)).slice(0, first) };
  }
}
const first = Args('first', { type: () => Int });
const after = Args('after', { type: () => String, nullable: true });
decorateMethod(ContactResolver, 'page', [Query(() => ContactConnection, { name: 'contacts' })], [first, after]);
decorateMethod(
  ContactResolver,
  'interactions',
  [ResolveField(() => InteractionConnection)],
  [Parent(), first, Context()],
);
decorateMethod(ContactResolver, 'reminders', [ResolveField(() => ReminderConnection)], [Parent(), first, Context()]);
Inject(getRepositoryToken(Contact))(ContactResolver, undefined, 0);
decorateClass(ContactResolver, [Resolver(() => Contact)], [Repository]);

/** One of each for every request, as DataLoader's own guide has it. */
function loadersOf(source) {
  const [links, reminders] = [source.getRepository(InteractionContact), source.getRepository(Reminder)];
  return {
    interactions: new DataLoader(async (ids) => {
      const order = { occurredAt: 'DESC', interactionId: 'DESC' };
      const found = await links.find({
        where: { accountId: account, contactId: In(ids) },
        relations: { interaction: true },
        order,
      });
      return grouped(
        ids,
        found,
        ({ contactId }) => contactId,
        ({ interaction }) => interaction,
      );
    }),
    reminders: new DataLoader(async (ids) => {
      const where = { accountId: account, subjectType: 'contact', subjectId: In(ids), state: 'active' };
      const found = await reminders.find({ where, order: { dueAt: 'ASC', id: 'ASC' } });
      return grouped(
        ids,
        found,
        ({ subjectId }) => subjectId,
        (reminder) => reminder,
      );
    }),
  };
}

function grouped(ids, rows, keyOf, valueOf) {
  const groups = new Map(ids.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row)).push(valueOf(row));
  return ids.map((key) => groups.get(key));
}

class Program {}
decorateClass(Program, [
  Module({
    imports: [
      TypeOrmModule.forRoot(connection),
      TypeOrmModule.forFeature([Contact]),
      GraphQLModule.forRootAsync({
        driver: ApolloDriver,
        inject: [DataSource],
        useFactory: (source) => ({
          autoSchemaFile: true,
          playground: false,
          context: () => ({ loaders: loadersOf(source) }),
        }),
      }),
    ],
    providers: [ContactResolver],
  }),
]);

const app = await NestFactory.create(Program, { logger: ['error'] });
const [{ id: account }] = await app.get(getRepositoryToken(Contact)).query('select id from accounts');
await app.listen(Number(process.env.PORT), '127.0.0.1');
