"""Outlines of floors, how areas were drawn, backdrops, plan files under review."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FLOOR = (
    ("outline", sa.Text()),
    ("core", sa.Text()),
    ("north_deg", sa.BigInteger()),
    ("area_method", sa.Text()),
)
_SPACE = ("area_class", "area_counts", "drawn_how")


def upgrade() -> None:
    for name, kind in _FLOOR:
        op.add_column("floor", sa.Column(name, kind, nullable=True))
    for name in _SPACE:
        op.add_column("space", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "backdrop",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("floor", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("calibration", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        *_belongs("backdrop"),
        sa.UniqueConstraint("estate_id", "floor", name="uq_backdrop_estate_id_floor"),
    )
    _indexed("backdrop", "owner_id", "estate_id")
    op.create_table(
        "plan_import",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        *_belongs("plan_import"),
    )
    _indexed("plan_import", "owner_id", "estate_id", "state")


def downgrade() -> None:
    op.drop_table("plan_import")
    op.drop_table("backdrop")
    for name in reversed(_SPACE):
        op.drop_column("space", name)
    for name, _ in reversed(_FLOOR):
        op.drop_column("floor", name)


def _belongs(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=f"fk_{table}_owner_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name=f"fk_{table}_estate_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
