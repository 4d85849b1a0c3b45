"""IFC models: storeys, spaces with drawn and stated areas, desks."""
