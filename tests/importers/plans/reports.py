"""What tests ask of a report: its rooms, their drawn areas, its warnings."""


def areas(report):
    return [float(space.drawn_area_m2) for floor in report.floors for space in floor.spaces]


def rooms(report):
    return [space for floor in report.floors for space in floor.spaces]


def codes(report):
    return {warning.code for warning in report.warnings}
