"""GET /api/health: the server answers."""

from fastapi import APIRouter

from app import __version__

router = APIRouter()


@router.get("/api/health")
async def health() -> dict[str, str]:
    """Say that the server answers, and which version it is."""
    return {"status": "ok", "version": __version__}
