"""Studies of plans, and parts of large runs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "study",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_study_owner_id_owner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name="fk_study_run_id_run", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name="fk_study_plan_id_plan", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_study"),
        sa.UniqueConstraint("run_id", name="uq_study_run_id"),
    )
    op.create_index("ix_study_owner_id", "study", ["owner_id"], unique=False)
    op.create_index("ix_study_plan_id", "study", ["plan_id"], unique=False)
    op.create_table(
        "run_part",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("whole_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_run_part_owner_id_owner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["whole_id"], ["run.id"], name="fk_run_part_whole_id_run", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["run.id"], name="fk_run_part_part_id_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_run_part"),
        sa.UniqueConstraint("whole_id", "number", name="uq_run_part_whole_id_number"),
        sa.UniqueConstraint("part_id", name="uq_run_part_part_id"),
    )
    op.create_index("ix_run_part_owner_id", "run_part", ["owner_id"], unique=False)
    op.create_index("ix_run_part_whole_id", "run_part", ["whole_id"], unique=False)


def downgrade() -> None:
    op.drop_table("run_part")
    op.drop_table("study")
