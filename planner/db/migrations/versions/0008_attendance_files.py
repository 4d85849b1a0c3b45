"""Attendance files under review, sources, people per floor and day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_source",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        *_belongs("day_source"),
        sa.UniqueConstraint("estate_id", "name", name="uq_day_source_estate_id_name"),
    )
    _indexed("day_source", "owner_id", "estate_id")
    op.create_table(
        "day_file",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rows_in", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        *_belongs("day_file"),
    )
    _indexed("day_file", "owner_id", "estate_id", "hash")
    op.create_table(
        "floor_day",
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("floor", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_floor_day_estate_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("estate_id", "date", "floor", name="pk_floor_day"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("floor_day")
    op.drop_table("day_file")
    op.drop_table("day_source")


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
