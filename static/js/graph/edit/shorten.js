/** A literal with more letters than this says nothing to a reader. */
const LONG = 2000;
const ARRAY = /^([^\n=#]+) = np\.array\(\[[\s\S]*?\]\)$/gm;

/**
 * A formula whose long arrays are comments: read again, their names are free and keep the values they have.
 *
 * @param {string} source
 * @returns {string}
 */
export function shortened(source) {
  return source.replace(ARRAY, (whole, name) => (whole.length > LONG ? `# ${name} = np.array([…])` : whole));
}
