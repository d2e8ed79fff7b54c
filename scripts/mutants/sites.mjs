import ts from 'typescript';

/**
 * The replacement of a comparison or a logical operator: the closest other one, which only a test at the boundary can
 * tell apart.
 */
const OPERATORS = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
]);

/**
 * Every place of a source where one small change would change what the program does: `{ start, end, text, line, statement,
 * what }`. `statement` is the line on which the statement around it begins.
 * Only bodies of functions are searched, because decorators and unused constants contain no rules.
 */
export function sitesOf(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, true);
  const lineAt = (position) => file.getLineAndCharacterOfPosition(position).line + 1;
  const sites = [];
  const add = (node, text, what) => {
    const start = node.getStart(file);
    const [line, statement] = [start, statementOf(node).getStart(file)].map((position) => lineAt(position));
    sites.push({ path, start, end: node.getEnd(), text, line, statement, what });
  };
  const visit = (node, inside) => {
    if (ts.isDecorator(node) || ts.isTypeNode(node)) return;
    if (inside) mutationsOf(node, add);
    const body = inside || (ts.isFunctionLike(node) && node.body !== undefined);
    ts.forEachChild(node, (child) => visit(child, body && !ts.isParameter(child)));
  };
  visit(file, false);
  return sites;
}

function mutationsOf(node, add) {
  if (ts.isBinaryExpression(node)) {
    const other = OPERATORS.get(node.operatorToken.kind);
    if (other && !isText(node)) add(node.operatorToken, other, `${node.operatorToken.getText()} becomes ${other}`);
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
      add(node, node.right.getText(), `the left of ?? is dropped`);
  }
  if (ts.isIfStatement(node)) {
    add(node.expression, 'true', 'the condition always holds');
    add(node.expression, 'false', 'the condition never holds');
  }
  if (ts.isConditionalExpression(node)) {
    add(node.condition, 'true', 'the condition always holds');
    add(node.condition, 'false', 'the condition never holds');
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    add(node, node.operand.getText(), 'a negation is dropped');
  if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false', 'true becomes false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true', 'false becomes true');
  if (ts.isExpressionStatement(node) && isPlainCall(unawaited(node.expression)))
    add(node, ';', `${node.getText().slice(0, 60)} is dropped`);
}

function statementOf(node) {
  return ts.isStatement(node) || !node.parent ? node : statementOf(node.parent);
}

/** A concatenation of texts is not a sum. */
function isText({ left, right }) {
  return [left, right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
}

function unawaited(expression) {
  return ts.isAwaitExpression(expression) ? expression.expression : expression;
}

/** Without `super()` the class cannot be created at all, which would say nothing about the tests. */
function isPlainCall(expression) {
  return ts.isCallExpression(expression) && expression.expression.kind !== ts.SyntaxKind.SuperKeyword;
}
