"""What a request's Accept headers ask for."""


def weights(header: str) -> dict[str, float]:
    """What an Accept or Accept-Language header names, in lower case and its order, each with its weight."""
    found = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            found[name] = float(weight)
        except ValueError:
            continue
    return found
