"""Room schedules: tables of rooms without geometry."""
