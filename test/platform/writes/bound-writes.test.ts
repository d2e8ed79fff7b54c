import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Contact } from '../../../src/features/contacts/contact.entity.js';
import { Needs } from '../../../src/platform/auth/needs.js';
import { BoundWrites } from '../../../src/platform/writes/bound-writes.js';
import { Concerns, ConcernsNothing } from '../../../src/platform/writes/subjects.js';

@Controller('v1/things')
class Things {
  @Get(':id') @Needs('things:read') one(@Param('id') id: string): string {
    return id;
  }

  @Post() @Needs('things:write') @ConcernsNothing() create(): string {
    return '';
  }

  @Patch(':id') @Needs('things:write') @Concerns(Contact) bound(@Param('id') id: string): string {
    return id;
  }

  @Patch(':id') @Needs('things:write') silent(@Param('id') id: string): string {
    return id;
  }

  @Delete(':id') @Needs('things:write') @ConcernsNothing() denying(@Param('id') id: string): string {
    return id;
  }
}

@Resolver()
class ThingsResolver {
  @Mutation(() => String) @Needs('things:write') mute(@Args('id') id: string): string {
    return id;
  }

  @Mutation(() => String) @Needs('things:write') @Concerns(Contact) without(): string {
    return '';
  }
}

/** What the program would find if it had these classes. */
function started(...classes: object[]): () => void {
  const discovery = {
    getControllers: () => classes.map((metatype) => ({ metatype })),
    getProviders: () => [],
  } as unknown as DiscoveryService;
  return () => new BoundWrites(discovery, new MetadataScanner()).onApplicationBootstrap();
}

it('a write that no precondition can bind does not start, and the refusal says what to do', () => {
  expect(started(Things, ThingsResolver)).toThrow(
    /give each @Concerns\(Type\).*: Things\.silent, Things\.denying, ThingsResolver\.mute, ThingsResolver\.without$/,
  );
  expect(started()).not.toThrow();
});
