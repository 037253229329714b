import { MentorCollabError } from '../../core/errors.ts';

/** The fields of our general layout. */
export type FieldName = 'question' | 'answer' | 'choices' | 'id' | 'domain' | 'cluster' | 'task';

/** All fields, in the order in which they are offered. */
export const FIELD_NAMES: readonly FieldName[] = ['question', 'answer', 'choices', 'id', 'domain', 'cluster', 'task'];

/** For each field what it is called in the data: several names are joined, a dot leads into an object. */
export type FieldMap = ReadonlyMap<FieldName, readonly string[]>;

/** Every field under its own name. */
export const OWN_FIELDS: FieldMap = new Map();

/**
 * Reads a mapping such as `question=problem,answer=solution`, or `question=crime+facts+Q,answer=A` where a question is
 * spread over several fields. What it doesn't name keeps its own name.
 *
 * @throws MentorCollabError `bad-input` with what is expected.
 */
export function parseFieldMap(text: string): FieldMap {
  const map = new Map<FieldName, readonly string[]>();
  for (const pair of text.split(',')) {
    const [left = '', ...right] = pair.split('=');
    const field = FIELD_NAMES.find((name) => name === left.trim());
    const sources = right.join('=').split('+');
    const names = sources.map((name) => name.trim());
    if (right.length === 0 || names.includes('')) {
      throw refused(`"${pair.trim()}" is no mapping. Write it as question=problem,answer=solution.`);
    }
    if (!field) throw refused(`There is no field "${left.trim()}" to map. The fields are ${FIELD_NAMES.join(', ')}.`);
    if (map.has(field)) throw refused(`The field "${field}" is mapped twice. Join several with a plus: ${field}=a+b.`);
    if (names.length > 1 && field !== 'question') throw refused(`Only a question can be joined, not "${field}".`);
    map.set(field, names);
  }
  return map;
}

/** What a field is called in the data, for messages. */
export function sourceOf(field: FieldName, map: FieldMap): string {
  return (map.get(field) ?? [field]).join('+');
}

/** The values of a field, one for each name it is mapped to; undefined for what is not there. */
export function valuesOf(
  fields: Readonly<Record<string, unknown>>,
  field: FieldName,
  map: FieldMap,
): readonly unknown[] {
  return (map.get(field) ?? [field]).map((name) => valueAt(fields, name));
}

/** A field of that very name, or else what the dots lead to. */
function valueAt(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const dot = name.indexOf('.');
  const inner = dot < 0 ? undefined : fields[name.slice(0, dot)];
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return undefined;
  return valueAt({ ...inner }, name.slice(dot + 1));
}

function refused(message: string): MentorCollabError {
  return new MentorCollabError('bad-input', message);
}
