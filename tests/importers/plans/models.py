"""IFC models made for tests: the habits of several exporters, written with ifcopenshell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ifcopenshell
import ifcopenshell.api.aggregate
import ifcopenshell.api.context
import ifcopenshell.api.owner
import ifcopenshell.api.project
import ifcopenshell.api.pset
import ifcopenshell.api.root
import ifcopenshell.api.spatial
import ifcopenshell.api.unit

if TYPE_CHECKING:
    from pathlib import Path

CORNERS = ((0.0, 0.0), (5.0, 0.0), (5.0, 4.0), (0.0, 4.0))
HIGH = 3.0


class Model:
    """A model with one project, to which buildings, storeys and spaces are added."""

    def __init__(self, schema="IFC4", length=None, area=None):
        self.file = ifcopenshell.api.project.create_file(version=schema)
        if schema == "IFC2X3":
            self._owner()
        self.project = self.root("IfcProject", "Project")
        unit = ifcopenshell.api.unit
        self.metre = {None: 1.0, "MILLI": 0.001, "foot": 0.3048, "inch": 0.0254}[length]
        if length in {"foot", "inch"}:
            lengths = unit.add_conversion_based_unit(self.file, name=length)
        else:
            lengths = unit.add_si_unit(self.file, unit_type="LENGTHUNIT", prefix=length)
        units = [lengths]
        if area == "square foot":
            units.append(unit.add_conversion_based_unit(self.file, name="square foot"))
        elif area != "none":
            units.append(unit.add_si_unit(self.file, unit_type="AREAUNIT"))
        unit.assign_unit(self.file, units=units)
        self.context = ifcopenshell.api.context.add_context(self.file, context_type="Model")

    def _owner(self):
        """IFC 2x3 wants to know who made each thing."""
        owner = ifcopenshell.api.owner
        person = owner.add_person(self.file)
        organisation = owner.add_organisation(self.file)
        owner.add_person_and_organisation(self.file, person=person, organisation=organisation)
        owner.add_application(self.file)

    def root(self, kind, name, **more):
        element = ifcopenshell.api.root.create_entity(self.file, ifc_class=kind, name=name)
        for key, value in more.items():
            setattr(element, key, value)
        return element

    def part(self, parent, kind, name, **more):
        """Add an element that is a part of another."""
        element = self.root(kind, name, **more)
        ifcopenshell.api.aggregate.assign_object(
            self.file, products=[element], relating_object=parent
        )
        element.ObjectPlacement = self.file.createIfcLocalPlacement(
            getattr(parent, "ObjectPlacement", None), self.axis((0.0, 0.0, 0.0))
        )
        return element

    def axis(self, at):
        point = self.file.createIfcCartesianPoint([float(v) / self.metre for v in at])
        return self.file.createIfcAxis2Placement3D(point)

    def storey(self, building=None, name="Level 1", height=0.0):
        building = building or self.part(self.project, "IfcBuilding", "House")
        return self.part(building, "IfcBuildingStorey", name, Elevation=height / self.metre)

    def space(self, parent, name="101", long="Office", shape="extrusion", **more):
        """Add a space of 20 m² with one kind of geometry."""
        space = self.part(parent, "IfcSpace", name, LongName=long, **more)
        items, identifier, kind = getattr(self, f"_{shape}")()
        if items:
            drawn = self.file.createIfcShapeRepresentation(self.context, identifier, kind, items)
            space.Representation = self.file.createIfcProductDefinitionShape(None, None, [drawn])
        return space

    def areas(self, element, name, **values):
        """State quantities, in the model's own unit of area."""
        qto = ifcopenshell.api.pset.add_qto(self.file, product=element, name=name)
        quantities = [
            self.file.createIfcQuantityArea(key, None, None, value) for key, value in values.items()
        ]
        qto.Quantities = quantities

    def properties(self, element, name, **values):
        pset = ifcopenshell.api.pset.add_pset(self.file, product=element, name=name)
        ifcopenshell.api.pset.edit_pset(self.file, pset=pset, properties=values)

    def desk(self, container, name, at=(1.0, 1.0, 0.0), kind="IfcFurniture"):
        desk = self.root(kind, name)
        ifcopenshell.api.spatial.assign_container(
            self.file, products=[desk], relating_structure=container
        )
        desk.ObjectPlacement = self.file.createIfcLocalPlacement(
            container.ObjectPlacement, self.axis(at)
        )
        return desk

    def saved(self, folder: Path, name="model.ifc") -> Path:
        path = folder / name
        self.file.write(str(path))
        return path

    def _points(self, points):
        scaled = [[value / self.metre for value in point] for point in points]
        return [self.file.createIfcCartesianPoint(point) for point in scaled]

    def _swept(self, profile):
        up = self.file.createIfcDirection((0.0, 0.0, 1.0))
        solid = self.file.createIfcExtrudedAreaSolid(
            profile, self.axis((0, 0, 0)), up, HIGH / self.metre
        )
        return [solid], "Body", "SweptSolid"

    def _extrusion(self):
        line = self.file.createIfcPolyline(self._points([*CORNERS, CORNERS[0]]))
        return self._swept(self.file.createIfcArbitraryClosedProfileDef("AREA", None, line))

    def _round(self):
        place = self.file.createIfcAxis2Placement2D(self._points([(0.0, 0.0)])[0])
        radius = 2.0 / self.metre
        return self._swept(self.file.createIfcCircleProfileDef("AREA", None, place, radius))

    def _voided(self):
        """A room of 20 m² around a shaft of 1 m²."""
        outer = self.file.createIfcPolyline(self._points([*CORNERS, CORNERS[0]]))
        hole = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0))
        inner = self.file.createIfcPolyline(self._points(hole))
        profile = self.file.createIfcArbitraryProfileDefWithVoids("AREA", None, outer, [inner])
        return self._swept(profile)

    def _loops(self):
        low = [(*point, 0.0) for point in CORNERS]
        top = [(*point, HIGH) for point in CORNERS]
        sides = [(low[a], low[b], top[b], top[a]) for a, b in ((0, 1), (1, 2), (2, 3), (3, 0))]
        return [tuple(reversed(low)), tuple(top), *sides]

    def _faces(self):
        found = []
        for loop in self._loops():
            poly = self.file.createIfcPolyLoop(self._points(loop))
            found.append(self.file.createIfcFace([self.file.createIfcFaceOuterBound(poly, True)]))
        return found

    def _brep(self):
        shell = self.file.createIfcClosedShell(self._faces())
        return [self.file.createIfcFacetedBrep(shell)], "Body", "Brep"

    def _surface(self):
        shell = self.file.createIfcOpenShell(self._faces())
        return [self.file.createIfcShellBasedSurfaceModel([shell])], "Body", "SurfaceModel"

    def _footprint(self):
        line = self.file.createIfcPolyline(self._points([*CORNERS, CORNERS[0]]))
        return [self.file.createIfcGeometricCurveSet([line])], "FootPrint", "GeometricCurveSet"

    def _curve(self):
        line = self.file.createIfcPolyline(self._points([*CORNERS, CORNERS[0]]))
        return [line], "FootPrint", "Curve2D"

    def _annotation(self):
        line = self.file.createIfcPolyline(self._points([*CORNERS, CORNERS[0]]))
        area = self.file.createIfcAnnotationFillArea(line, None)
        return [area], "FootPrint", "Annotation2D"

    def _box(self):
        corner = self._points([(0.0, 0.0, 0.0)])[0]
        x, y, z = (value / self.metre for value in (5.0, 4.0, HIGH))
        box = self.file.createIfcBoundingBox(corner, x, y, z)
        return [box], "Box", "BoundingBox"

    def _nothing(self):
        return [], "", ""
