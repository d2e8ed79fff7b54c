import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
// The package's main file would run the whole page, which takes a tenth of the program's start.
import folderOfAssets from 'swagger-ui-dist/absolute-path.js';
import { Problem } from '../errors/problem.js';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kith: REST reference</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="data:,"></head>
<body><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

const START = `const dark = matchMedia('(prefers-color-scheme: dark)');
const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dress();
dark.addEventListener('change', dress);
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, persistAuthorization: true, validatorUrl: null });\n`;

/** The parts of the reference page, and its document, which is generated on the first request. */
@Injectable()
export class Docs {
  readonly page = PAGE;
  readonly start = START;
  private write: (() => OpenAPIObject) | null = null;
  private written: OpenAPIObject | null = null;

  /** The document needs the whole program, which is not complete yet. */
  writtenBy(write: () => OpenAPIObject): void {
    this.write = write;
  }

  get document(): OpenAPIObject {
    this.written ??= this.write?.() ?? null;
    if (!this.written) throw new Problem('unavailable', 'The program is still starting.');
    return this.written;
  }

  asset(name: string, type: string): StreamableFile {
    return new StreamableFile(createReadStream(join(folderOfAssets(), name)), { type });
  }
}
