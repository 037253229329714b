import assert from 'node:assert/strict';
import { DEMO_MODELS, isDemoModel, isDemoQuestion } from '../../src/models/demoPair.ts';

describe('isDemoModel', () => {
  it('knows both ids, and their files anywhere', () => {
    assert.deepEqual(
      DEMO_MODELS.map(({ id }) => isDemoModel(id)),
      [true, true],
    );
    assert.equal(isDemoModel('/opt/copies/demo-small.gguf'), true);
    assert.equal(isDemoModel('C:\\copies\\demo-mentor.gguf'), true);
  });

  it('knows no other model', () => {
    assert.equal(isDemoModel('/models/SmolLM2.gguf'), false);
    assert.equal(isDemoModel('/models/demo-small/other.gguf'), false);
    assert.equal(isDemoModel('demo-large'), false);
  });
});

describe('isDemoQuestion', () => {
  const known = [
    'Ada has 12 apples. She buys 3 more. How many apples does Ada have now?',
    'Ben has 40 coins. Then he doubles the number of coins. He splits them into 4 equal groups and keeps one group. ' +
      'Ada gives Ben 7 more. He gives 3 coins to each of 2 friends. How many coins are left with Ben?',
    'Zoe has 9 beads. She loses 2 of them. Then she sells 3. She gives 1 to Leo. Then she finds 4 more. ' +
      'She buys 2 packs with 6 beads in each pack. How many beads does Zoe have now?',
    'Ada is taller than Ben. Ben is taller than Leo. Who is the tallest?',
    'Ada is older than Ben. Leo is older than Ada. Ben is older than Mia. Who is the second oldest?',
    'Ada is richer than Ben. Leo is richer than Ada. Who is the poorest?',
    'What is the capital of Peru?',
    'Which country has the capital Addis Ababa?',
    'On which continent is New Zealand?',
    'On which continent is the city of Mexico City?',
    'Are Lima and Port-au-Prince on the same continent?',
    'What is the chemical symbol of krypton?',
    'What is the atomic number of iron?',
    'Which has the larger atomic number, neon or zinc?',
    'What kind of animal is an eagle?',
    'How many legs do 7 wolfs have together?',
  ];
  const unknown = [
    '',
    'Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. How many clips did ' +
      'Natalia sell altogether in April and May?',
    "Janet's ducks lay 16 eggs per day. She eats three for breakfast every morning. How many eggs does Janet have now?",
    'Ada has 12 apples. How many oranges does Ada have now?',
    'Ada has 12 apples. She buys 3 more. What does Ada do now?',
    'Ada is taller than Ben. Ben is taller than Leo. Who is the oldest?',
    'Alice is taller than Bob. Bob is taller than Carol. Who is the tallest?',
    'What is the capital of Slovenia?',
    'Who wrote Hamlet?',
    'What is the chemical symbol of gold?',
    'What kind of animal is a unicorn?',
    'function add(a, b) { return a - b; } // why is this wrong?',
    'Please solve: Ada has 12 apples. She buys 3 more. How many apples does Ada have now?',
    'What is the capital of Peru? And of Chile?',
  ];

  for (const question of known) {
    it(`knows "${question.slice(0, 60)}"`, () => {
      assert.equal(isDemoQuestion(question), true);
    });
  }

  for (const question of unknown) {
    it(`does not know "${question.slice(0, 60)}"`, () => {
      assert.equal(isDemoQuestion(question), false);
    });
  }

  it('does not mind line breaks and further spaces', () => {
    assert.equal(
      isDemoQuestion('\n  Ada has 12 apples.\r\nShe buys 3  more. How many apples does Ada have now?\n'),
      true,
    );
  });
});
