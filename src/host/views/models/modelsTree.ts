import type { ModelsSnapshot } from '../../models/modelsSnapshot.ts';
import { catalogueNode } from './catalogueNodes.ts';
import { downloadNodes } from './downloadNodes.ts';
import { installedNode } from './installedNodes.ts';
import type { ModelsNode } from './modelsNode.ts';
import { rolesNode } from './roleNodes.ts';
import { serversNode } from './serverNodes.ts';

/** The lines of the Models view, from the top. */
export function modelsTree(snapshot: ModelsSnapshot): readonly ModelsNode[] {
  return [
    rolesNode(snapshot),
    ...downloadNodes(snapshot),
    installedNode(snapshot),
    serversNode(snapshot),
    catalogueNode(snapshot),
  ];
}
