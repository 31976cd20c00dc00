"""The page: Gradio, rendering, server."""
