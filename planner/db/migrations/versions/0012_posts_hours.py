"""Posts of teams, rules of agencies, usable area of floors, people by hour."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("team", "posts", sa.Text()),
    ("estate", "agencies", sa.Text()),
    ("floor", "usable_area_m2", sa.BigInteger()),
)


def upgrade() -> None:
    for table, name, kind in _COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table(
        "floor_hour",
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("floor", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("people", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_floor_hour_estate_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("estate_id", "floor", "weekday", "hour", name="pk_floor_hour"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("floor_hour")
    for table, name, _ in reversed(_COLUMNS):
        op.drop_column(table, name)
