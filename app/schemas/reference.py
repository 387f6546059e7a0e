"""How the OpenAPI document refers to a schema by its name."""

TEMPLATE = "#/components/schemas/{model}"


def reference(model: str) -> dict[str, str]:
    """The schema that is said elsewhere in the document."""
    return {"$ref": TEMPLATE.format(model=model)}
