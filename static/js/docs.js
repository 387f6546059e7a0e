/** The API's own page: every call of /openapi.json, to read and to try. */

import { loadScript } from "./script.js";

await loadScript("swagger/swagger-ui-bundle.js");
const { SwaggerUIBundle } = /** @type {any} */ (globalThis);
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#calls", deepLinking: true, defaultModelsExpandDepth: 0 });
