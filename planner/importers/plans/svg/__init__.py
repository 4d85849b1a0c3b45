"""SVG drawings: closed shapes with texts inside; there is no scale in them."""
