"""The estate, the plan and their checks; knows no database, web, solver or file format."""
