"""The calm theme: paper and ink, one green; system fonts, so that no font is fetched."""

import gradio as gr

# Contrast with its background is at least 4.5:1 in both modes (WCAG 2.2, 1.4.3).
_SANS = ("ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """Return the theme of the page; sizes and colours of our own parts are in page.css."""
    base = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        font=_SANS,
        font_mono=_MONO,
    )
    return base.set(
        body_background_fill="#faf9f6",
        body_background_fill_dark="#161513",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1e1d1a",
        background_fill_secondary="#f4f2ec",
        background_fill_secondary_dark="#262420",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1e1d1a",
        block_border_color="#e2ded4",
        block_border_color_dark="#38352f",
        block_shadow="none",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#262420",
        button_secondary_border_color="#d8d3c6",
        button_secondary_border_color_dark="#45413a",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1e1d1a",
        input_placeholder_color="#6b665c",
        input_placeholder_color_dark="#a39d90",
    )
