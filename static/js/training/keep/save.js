/**
 * Hands a file to the person through the browser's downloads.
 *
 * @param {string} name
 * @param {Blob | string} content a blob, or an address that answers with the file
 */
export function save(name, content) {
  const address = typeof content === "string" ? content : URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  if (typeof content !== "string") setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
