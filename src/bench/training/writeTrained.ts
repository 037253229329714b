import { writeVerifier } from '../../verifier/files/writeVerifier.ts';
import { writeWhole } from '../folder/writeWhole.ts';
import { trainingHtml } from './report/trainingHtml.ts';
import { trainingMarkdown } from './report/trainingMarkdown.ts';
import type { TrainedVerifier } from './trainVerifier.ts';

/** Where a trained verifier and its report are. */
export interface TrainedPlaces {
  readonly verifier: string;
  readonly page: string;
}

/**
 * Writes a verifier, and its report beside it as `NAME.report.html`, `.md` and `.json`; each whole or not at all.
 *
 * @param path - of the verifier; its end, such as `.safetensors`, is left out of the report's name.
 * @throws MentorCollabError `bad-input` when the disk refuses.
 */
export async function writeTrained({ verifier, report }: TrainedVerifier, path: string): Promise<TrainedPlaces> {
  const places = trainedPlaces(path);
  await writeWhole(path, writeVerifier(verifier));
  await writeWhole(places.page, trainingHtml(report));
  await writeWhole(places.page.replace(/html$/, 'md'), trainingMarkdown(report));
  await writeWhole(places.page.replace(/html$/, 'json'), `${JSON.stringify(report, null, 2)}\n`);
  return places;
}

/** Where a verifier's report is. */
export function trainedPlaces(path: string): TrainedPlaces {
  return { verifier: path, page: `${path.replace(/\.safetensors$/i, '')}.report.html` };
}
