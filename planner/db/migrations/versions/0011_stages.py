"""Plans made in stages, and which plan is which stage."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "staging",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("estate_version", sa.Integer(), nullable=False),
        sa.Column("estate_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("npv", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_staging_owner_id_owner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_staging_estate_id_estate", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staging"),
    )
    op.create_index("ix_staging_owner_id", "staging", ["owner_id"], unique=False)
    op.create_index("ix_staging_estate_id", "staging", ["estate_id"], unique=False)
    op.create_table(
        "stage",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("staging_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("growth", sa.String(), nullable=False),
        sa.Column("leaves", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_stage_owner_id_owner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staging_id"], ["staging.id"], name="fk_stage_staging_id_staging", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name="fk_stage_plan_id_plan", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stage"),
        sa.UniqueConstraint("staging_id", "number", name="uq_stage_staging_id_number"),
        sa.UniqueConstraint("plan_id", name="uq_stage_plan_id"),
    )
    op.create_index("ix_stage_owner_id", "stage", ["owner_id"], unique=False)
    op.create_index("ix_stage_staging_id", "stage", ["staging_id"], unique=False)


def downgrade() -> None:
    op.drop_table("stage")
    op.drop_table("staging")
