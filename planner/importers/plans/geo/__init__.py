"""GeoJSON and IMDF: floors on the globe, in and out."""
