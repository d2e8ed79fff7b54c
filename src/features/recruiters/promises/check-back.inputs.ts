import { LocalDate } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { CheckBack } from './check-back.entity.js';

@Input('"They came back."')
export class LogReturnInput extends pick(CheckBack, ['evidence']) {
  @LocalDate({
    nullable: true,
    description: 'The day on which they came back, today or before; default today.',
  })
  on?: string | null;
}
