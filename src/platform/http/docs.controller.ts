import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Open } from '../auth/needs.js';
import { Docs } from './docs.js';

/** The same for everybody; it changes only with the program's version. */
const KEPT = 'public, max-age=3600';

/** The interactive REST reference, served completely from the package, so that the page loads nothing from other origins. */
@ApiExcludeController()
@Open()
@Controller()
export class DocsController {
  constructor(private readonly docs: Docs) {}

  @Get('docs')
  @Header('cache-control', KEPT)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'",
  )
  page(): string {
    return this.docs.page;
  }

  @Get('docs/start.js')
  @Header('cache-control', KEPT)
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return this.docs.start;
  }

  @Get('docs/swagger-ui-bundle.js')
  @Header('cache-control', KEPT)
  script(): StreamableFile {
    return this.docs.asset('swagger-ui-bundle.js', 'text/javascript; charset=utf-8');
  }

  @Get('docs/swagger-ui.css')
  @Header('cache-control', KEPT)
  style(): StreamableFile {
    return this.docs.asset('swagger-ui.css', 'text/css; charset=utf-8');
  }

  @Get('openapi.json')
  @Header('cache-control', 'public, no-cache')
  document(): OpenAPIObject {
    return this.docs.document;
  }
}
