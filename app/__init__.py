"""Backprop Explorer's web application: FastAPI in front of `engine`, made by `app.factory.create_app`."""

__version__ = "0.1.0"
