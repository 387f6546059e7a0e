// Libraries that pages load as plain scripts, before their modules.
import type * as selection from "d3-selection";
import type * as zoom from "d3-zoom";

declare global {
  const d3: typeof selection & typeof zoom;
  const ELK: new (options: { workerFactory: () => Worker }) => { layout: (graph: any) => Promise<any> };
}
