import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DEMO_MODELS, isDemoQuestion } from '../../src/models/demoPair.ts';
import { SUPERLATIVES } from '../../src/models/demoVocabulary.ts';

const DOMAINS = ['math', 'commonsense', 'knowledge'] as const;
const MODELS = new URL('../../media/models/', import.meta.url);

interface ShippedProblem {
  readonly id: string;
  readonly domain: string;
  readonly question: string;
  readonly answer: string;
  readonly solution: string;
}

function isShippedProblem(value: unknown): value is ShippedProblem {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).join();
  return (
    keys === 'id,domain,question,answer,solution' && Object.values(value).every((text) => typeof text === 'string')
  );
}

function shipped(domain: string): readonly ShippedProblem[] {
  const text = readFileSync(new URL(`problems/${domain}.jsonl`, MODELS), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const value: unknown = JSON.parse(line);
      assert(isShippedProblem(value), `not a problem: ${line}`);
      return value;
    });
}

function calculate(left: number, operator: string, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      throw new Error(`Unknown operator ${operator}`);
  }
}

/** The total after a worked solution's last step; every equation must hold and start from the total before it. */
function totalOfSolution(solution: string): number {
  let total = Number(/starts with (\d+) /.exec(solution)?.[1]);
  for (const step of solution.split('. ').slice(1, -1)) {
    const equations = [...step.matchAll(/(\d+) ([-+*/]) (\d+) = (\d+)/g)];
    for (const [equation, left, operator = '', right, result] of equations) {
      assert.equal(calculate(Number(left), operator, Number(right)), Number(result), `${equation} in: ${solution}`);
    }
    const last = equations.at(-1);
    assert.equal(Number(last?.[1]), total, `"${step}" does not go on from ${total} in: ${solution}`);
    const product = equations.length > 1 ? equations[0]?.[4] : undefined;
    if (product !== undefined) assert.equal(last?.[3], product, `the product is not used in: ${solution}`);
    total = Number(last?.[4]);
  }
  return total;
}

/** What each sentence of a story does to the total, by the sentence's numbers. */
const CHANGES: readonly (readonly [RegExp, (total: number, first: number, second: number) => number])[] = [
  [/^\w+ has (\d+) \w+$/, (_, count) => count],
  [/^\w+ buys (\d+) more$/, (total, count) => total + count],
  [/^\w+ gives \w+ (\d+) more$/, (total, count) => total + count],
  [/^Then s?he finds (\d+) more$/, (total, count) => total + count],
  [/^\w+ gives (\d+) to \w+$/, (total, count) => total - count],
  [/^\w+ loses (\d+) of them$/, (total, count) => total - count],
  [/^Then s?he sells (\d+)$/, (total, count) => total - count],
  [/^Then s?he doubles /, (total) => total * 2],
  [/^Then s?he triples /, (total) => total * 3],
  [/^\w+ splits them into (\d+) equal groups and keeps one group$/, (total, groups) => total / groups],
  [/^\w+ buys (\d+) packs with (\d+) \w+ in each pack$/, (total, packs, size) => total + packs * size],
  [/^\w+ gives (\d+) \w+ to each of (\d+) friends$/, (total, size, friends) => total - size * friends],
];

/** The total that a story's question asks for, from the question alone. */
function totalOfQuestion(question: string): number {
  return question
    .split('. ')
    .slice(0, -1)
    .reduce((total, sentence) => {
      for (const [pattern, change] of CHANGES) {
        const match = pattern.exec(sentence);
        if (match) return change(total, Number(match[1]), Number(match[2]));
      }
      throw new Error(`Unknown sentence: ${sentence}`);
    }, 0);
}

/** Whom an ordering's question asks for, from the question alone. */
function personAskedFor(question: string): string | undefined {
  const facts = [...question.matchAll(/(\w+) is (\w+) than (\w+)\./g)];
  const scale = SUPERLATIVES.find(({ more }) => facts.every((fact) => fact[2] === more));
  assert(scale, `more than one scale: ${question}`);
  const below = new Map(facts.map(([, upper = '', , lower = '']) => [upper, lower]));
  const lower = new Set(below.values());
  const order: string[] = [];
  for (let person = [...below.keys()].find((name) => !lower.has(name)); person; person = below.get(person)) {
    order.push(person);
  }
  assert.equal(order.length, facts.length + 1, `not one chain: ${question}`);
  const asked = /Who is the (.+)\?$/.exec(question)?.[1];
  if (asked === scale.most) return order[0];
  if (asked === scale.least) return order.at(-1);
  assert.equal(asked, `second ${scale.most}`);
  return order[1];
}

describe('the shipped problems', () => {
  for (const domain of DOMAINS) {
    it(`are 300 different ${domain} questions, numbered in order`, () => {
      const problems = shipped(domain);
      assert.equal(problems.length, 300);
      assert.equal(new Set(problems.map(({ question }) => question)).size, 300);
      problems.forEach((problem, index) => {
        assert.equal(problem.id, `${domain}-${String(index + 1).padStart(3, '0')}`);
        assert.equal(problem.domain, domain);
      });
    });

    it(`end each ${domain} solution with the answer`, () => {
      for (const { answer, solution } of shipped(domain)) {
        assert(answer.length > 0);
        assert.equal(solution.slice(solution.lastIndexOf('. ') + 2), `The answer is ${answer}.`);
      }
    });

    it(`ask only what the demo pair knows as ${domain}`, () => {
      for (const { question } of shipped(domain)) assert(isDemoQuestion(question), question);
    });
  }

  it('have the math answer that the solution works out', () => {
    for (const { answer, solution } of shipped('math')) assert.equal(String(totalOfSolution(solution)), answer);
  });

  it('have the math answer that the question asks for', () => {
    for (const { answer, question } of shipped('math'))
      assert.equal(String(totalOfQuestion(question)), answer, question);
  });

  it('have the commonsense answer that follows from the facts', () => {
    for (const { answer, question } of shipped('commonsense')) assert.equal(personAskedFor(question), answer, question);
  });
});

describe('the examples', () => {
  const text = readFileSync(new URL('../../examples/problems.md', import.meta.url), 'utf8');
  const examples = text.split('\n\n').filter((paragraph) => paragraph.trimEnd().endsWith('?'));

  it('are nine problems that the demo pair knows, a paragraph each', () => {
    assert.equal(examples.length, 9);
    for (const question of examples) assert(isDemoQuestion(question), question);
  });

  it('are not among the problems that accuracy is measured on', () => {
    const measured = new Set(DOMAINS.flatMap(shipped).map(({ question }) => question));
    for (const question of examples) assert(!measured.has(question.trim()), question);
  });
});

describe('the model card', () => {
  for (const { fileName } of DEMO_MODELS) {
    it(`gives the SHA-256 and the size of ${fileName}`, () => {
      const file = readFileSync(new URL(fileName, MODELS));
      const hash = createHash('sha256').update(file).digest('hex');
      const card = readFileSync(new URL('README.md', MODELS), 'utf8');
      const row = card.split('\n').find((line) => line.includes(fileName) && line.includes(hash));
      assert(row, `no line of the model card names ${fileName} with ${hash}`);
      assert(row.includes(file.length.toLocaleString('en-US')), `the model card's size of ${fileName} is not its size`);
    });
  }
});
